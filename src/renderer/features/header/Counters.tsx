import { useSession } from '../../host/host-store.ts';
import { formatInteger, formatSize, plural } from '../../kit/format/bytes.ts';
import { formatSpan } from '../../kit/format/time.ts';
import { type Reply, useReply } from './use-reply.ts';

interface Figure {
  readonly label: string;
  readonly value: string;
  /** Bytes that belong to a number of messages. */
  readonly more?: string;
  readonly bad?: boolean;
  readonly title?: string;
}

export function Counters({ id }: { id: number }) {
  const counts = useSession(id, (s) => ({ ...s.counts, rate: s.rate }));
  const reply = useReply(id);
  if (!counts) return null;
  const figures: Figure[] = [
    { label: 'in', value: formatInteger(counts.messagesIn), more: formatSize(counts.bytesIn) },
    { label: 'out', value: formatInteger(counts.messagesOut), more: formatSize(counts.bytesOut) },
    { label: 'rate', value: `${formatInteger(counts.rate)}/s` },
    { label: 'timeouts', value: formatInteger(counts.timeouts) },
    replyFigure(reply),
    { label: 'anomalies', value: formatInteger(counts.anomalies), bad: counts.anomalies > 0 },
    { label: 'errors', value: formatInteger(counts.errors), bad: counts.errors > 0 },
  ];
  return (
    <dl className="counters">
      {figures.map(({ label, value, more, bad, title }) => (
        <div key={label} className={bad ? 'counter bad' : 'counter'} title={title}>
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

function replyFigure(reply: Reply | null): Figure {
  const label = 'reply p50 / p99';
  if (!reply) return { label, value: '–', title: 'No message was answered yet' };
  const { count, p50, p99 } = reply.times;
  const whose = reply.whose === 'peer' ? "The peer's" : 'Our';
  return {
    label,
    value: `${formatSpan(p50)} / ${formatSpan(p99)}`,
    title: `${whose} time from a message to the one in answer, over ${plural(count, 'answer')}`,
  };
}
