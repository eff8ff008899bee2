import { formatInteger, formatSize } from '../format/bytes.ts';
import { useSession } from '../shell/host-store.ts';

interface Figure {
  readonly label: string;
  readonly value: string;
  /** Bytes that belong to a number of messages. */
  readonly more?: string;
  readonly bad?: boolean;
}

export function Counters({ id }: { id: number }) {
  const counts = useSession(id, (s) => ({ ...s.counts, rate: s.rate }));
  if (!counts) return null;
  const figures: Figure[] = [
    { label: 'in', value: formatInteger(counts.messagesIn), more: formatSize(counts.bytesIn) },
    { label: 'out', value: formatInteger(counts.messagesOut), more: formatSize(counts.bytesOut) },
    { label: 'rate', value: `${formatInteger(counts.rate)}/s` },
    { label: 'timeouts', value: formatInteger(counts.timeouts) },
    { label: 'anomalies', value: formatInteger(counts.anomalies), bad: counts.anomalies > 0 },
    { label: 'errors', value: formatInteger(counts.errors), bad: counts.errors > 0 },
  ];
  return (
    <dl className="counters">
      {figures.map(({ label, value, more, bad }) => (
        <div key={label} className={bad ? 'counter bad' : 'counter'}>
          <dt>{label}</dt>
          <dd>
            {value}
            {more && <span> {more}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
