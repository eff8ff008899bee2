import { useTracks } from './track-store.ts';
import './legend.css';

/** What each track's colours and shapes mean; marks through all tracks come last. */
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

/** The plot describes itself in words, so this is only visual. */
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
