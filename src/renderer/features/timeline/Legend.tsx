import { useTimelineViews } from './timeline-store.ts';
import './legend.css';

/** What the plot's colours and shapes mean; the plot says in words what it shows, so this is for the eyes only. */
export function Legend() {
  const filled = useTimelineViews((state) => state.measure === 'fill');
  const names = [...(filled ? ['s2c', 'c2s'] : []), 'read', 'unread', 'timeout', 'anomaly'];
  return (
    <ul className="timeline-legend" aria-hidden="true">
      {names.map((name) => (
        <li key={name}>
          <i className={`legend-${name}`} />
          {LABELS[name] ?? name}
        </li>
      ))}
    </ul>
  );
}

const LABELS: Readonly<Record<string, string>> = { s2c: 'S→C', c2s: 'C→S' };
