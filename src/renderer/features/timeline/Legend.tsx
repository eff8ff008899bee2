import { useTracks } from './track-store.ts';
import './legend.css';

/** What each track's colours and shapes mean; what goes through all tracks stands last. */
const ENTRIES: readonly { readonly name: string; readonly of: readonly string[]; readonly label: string }[] = [
  { name: 's2c', of: ['fill', 'latency'], label: 'S→C' },
  { name: 'c2s', of: ['fill', 'latency'], label: 'C→S' },
  { name: 'read', of: ['slots'], label: 'read' },
  { name: 'unread', of: ['slots'], label: 'unread' },
];
const THROUGH = [
  { name: 'timeout', label: 'timeout' },
  { name: 'anomaly', label: 'anomaly' },
];

/** The plot says in words what it shows, so this is for the eyes only. */
export function Legend() {
  const shown = useTracks();
  const entries = ENTRIES.filter(({ of }) => shown.some(({ id }) => of.includes(id)));
  return (
    <ul className="timeline-legend" aria-hidden="true">
      {[...entries, ...THROUGH].map(({ name, label }) => (
        <li key={name}>
          <i className={`legend-${name}`} />
          {label}
        </li>
      ))}
    </ul>
  );
}
