import { directionOf, type LaneView, lanesOf } from '../../../shared/session-kind.ts';
import { useCan, useLive, useSession } from '../../host/host-store.ts';
import { formatByteCount, formatInteger, formatSize, plural } from '../../kit/format/bytes.ts';
import { formatLatency } from '../../kit/format/time.ts';
import { type Reply, useReply } from './use-reply.ts';

interface Figure {
  readonly label: string;
  readonly value: string;
  /** Bytes that belong to a number of messages. */
  readonly more?: string;
  readonly bad?: boolean;
  readonly title?: string;
}

const WHOSE: Readonly<Record<Reply['whose'], string>> = {
  peer: 'Peer',
  own: 'Our',
  server: "Server's",
  client: "Client's",
};
const LANE_LABELS: Readonly<Record<LaneView, string>> = { in: 'in', out: 'out', s2c: 'S→C', c2s: 'C→S' };

export function Counters({ id }: { id: number }) {
  const role = useSession(id, (s) => s.role) ?? 'server';
  const counts = useSession(id, (s) => s.counts);
  const rate = useLive(id, (s) => s.rate) ?? 0;
  const isTap = useSession(id, (s) => s.kind === 'tap');
  const receives = useCan(id, 'receive');
  const reply = useReply(id);
  const figures: Figure[] = [
    ...lanesOf(role).map((lane) => ({
      label: LANE_LABELS[directionOf(role, lane)],
      value: figure(counts?.messages[lane]),
      ...bytes(counts?.bytes[lane]),
    })),
    { label: 'rate', value: `${formatInteger(rate)}/s` },
    ...(receives || counts?.timeouts ? [{ label: 'timeouts', value: figure(counts?.timeouts) }] : []),
    ...(isTap || counts?.missed ? [missedFigure(counts?.missed)] : []),
    replyFigure(reply),
    { label: 'anomalies', value: figure(counts?.anomalies), bad: !!counts?.anomalies },
    { label: 'errors', value: figure(counts?.errors), bad: !!counts?.errors },
    ...(counts?.alarms ? [{ label: 'alarms', value: figure(counts.alarms), bad: true }] : []),
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

/** A dash where an old capture has no count. */
const figure = (n: number | undefined): string => (n === undefined ? '–' : formatInteger(n));
const bytes = (n: number | undefined): Pick<Figure, 'more' | 'title'> =>
  n === undefined ? {} : { more: formatSize(n), title: formatByteCount(n) };

const missedFigure = (missed: number | undefined): Figure => ({
  label: 'missed',
  value: figure(missed),
  title: 'Messages that are known to have passed unseen',
});

function replyFigure(reply: Reply | null): Figure {
  const label = 'latency p50 / p99';
  if (!reply) return { label, value: '–', title: 'No replies yet' };
  const { count, p50, p99 } = reply.times;
  return {
    label,
    value: `${formatLatency(p50)} / ${formatLatency(p99)}`,
    title: `${WHOSE[reply.whose]} latency from a message to its reply, over ${plural(count, 'reply', 'replies')}`,
  };
}
