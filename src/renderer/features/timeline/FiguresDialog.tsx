import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { Result } from '../../../shared/failure.ts';
import { lanesOf, type Viewpoint } from '../../../shared/session-kind.ts';
import type { Distribution, Figures } from '../../../shared/timeline.ts';
import { useApi } from '../../host/api-context.ts';
import { formatInteger, formatSize } from '../../kit/format/bytes.ts';
import { formatSpan } from '../../kit/format/time.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import type { Span } from './range.ts';
import './figures.css';

interface Props {
  readonly session: number;
  readonly role: Viewpoint;
  readonly span: Span;
  readonly onClose: () => void;
}

/** How sizes, unread times and reply times are spread in a span of a session. */
export function FiguresDialog({ session, role, span, onClose }: Props) {
  const api = useApi();
  const [answer, setAnswer] = useState<Result<Figures> | null>(null);
  useEffect(() => {
    let ended = false;
    void api.figures({ session, fromMono: span.from, toMono: span.to }).then((figures) => !ended && setAnswer(figures));
    return () => {
      ended = true;
    };
  }, [api, session, span]);
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface className="figures" style={{ maxWidth: 860 }}>
        <DialogBody>
          <DialogTitle>Statistics</DialogTitle>
          <DialogContent>
            {!answer && <p className="pane-empty">Calculating…</p>}
            {answer && !answer.ok && <FailureMessage title="Couldn't read the statistics" failure={answer.failure} />}
            {answer?.ok && <FigureTable figures={answer.value} role={role} />}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>Close</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** Of sizes, unread times and latencies: each in the first of {@link lanesOf}, then in the other. */
const END_WORDS = [
  'Size of messages in',
  'Size of messages out',
  'Time until we read them',
  'Time until the peer read them',
  'Peer latency',
  'Our latency',
];
const ONLOOKER_WORDS = [
  'Size of messages S→C',
  'Size of messages C→S',
  'Time until the client read them',
  'Time until the server read them',
  'Server latency',
  'Client latency',
];
const WORDS: Readonly<Record<Viewpoint, readonly string[]>> = {
  server: END_WORDS,
  client: END_WORDS,
  tap: ONLOOKER_WORDS,
  raw: ONLOOKER_WORDS,
};

function FigureTable({ figures: { size, unread, reply }, role }: { figures: Figures; role: Viewpoint }) {
  const parts = [
    [size, formatSize],
    [unread, formatSpan],
    [reply, formatSpan],
  ] as const;
  const rows = parts.flatMap(([of, format], part) =>
    lanesOf(role).map((lane, i) => [WORDS[role][2 * part + i] ?? '', of[lane], format] as const),
  );
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">what</th>
          <th scope="col">spread</th>
          {['messages', 'p50', 'p90', 'p99', 'max'].map((name) => (
            <th key={name} scope="col" className="number">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, spread, format]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              <Histogram spread={spread} format={format} />
            </td>
            <td className="number">{formatInteger(spread.count)}</td>
            {[spread.p50, spread.p90, spread.p99, spread.max].map((value, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: four columns that never move
              <td key={i} className="number">
                {spread.count === 0 ? '–' : format(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const WIDTH = 160;
const HEIGHT = 28;

/** Bars over the logarithmic steps that were met, from the smallest to the largest. */
function Histogram({
  spread: { starts, ends, counts },
  format,
}: {
  spread: Distribution;
  format: (n: number) => string;
}) {
  const first = starts[0];
  const last = ends[ends.length - 1];
  if (first === undefined || last === undefined) return <span className="dim">none</span>;
  const scale = (n: number) => Math.log2(n + 1);
  const [from, to] = [scale(first), scale(last)];
  const x = (n: number) => ((scale(n) - from) / Math.max(1e-9, to - from)) * WIDTH;
  const most = Math.max(...counts);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`From ${format(first)} to ${format(last)}`}
    >
      {starts.map((start, i) => {
        const height = Math.max(1, ((counts[i] ?? 0) / most) * HEIGHT);
        const end = ends[i] ?? start;
        return (
          <rect
            key={start}
            x={x(start)}
            y={HEIGHT - height}
            width={Math.max(1, x(end) - x(start) - 0.5)}
            height={height}
          />
        );
      })}
    </svg>
  );
}
