import { lanesOf, seesDirections, type Viewpoint } from '../../../../shared/session-kind.ts';
import type { Distribution, Figures } from '../../../../shared/timeline.ts';
import { formatInteger, formatSize } from '../../../kit/format/bytes.ts';
import { formatLatency, formatSpan } from '../../../kit/format/time.ts';
import { Histogram, type Unit } from './Histogram.tsx';

/** Sizes, unread times and latencies: each first in the first of {@link lanesOf}, then in the other. */
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

const BYTES: Unit = { format: formatSize, base: 1024 };
const TIME: Unit = { format: formatSpan, base: 10 };
const LATENCY: Unit = { ...TIME, format: formatLatency };
const PARTS = [
  ['size', BYTES],
  ['unread', TIME],
  ['reply', LATENCY],
] as const;

interface Props {
  readonly role: Viewpoint;
  readonly figures: Figures;
  /** What it is compared with. */
  readonly other: Figures | null;
}

/** Each distribution with its figures and its histogram. */
export function FigureCards({ role, figures, other }: Props) {
  const words = seesDirections(role) ? END_WORDS : ONLOOKER_WORDS;
  const cards = PARTS.flatMap(([part, unit], row) =>
    lanesOf(role).map((lane, i) => ({
      name: words[2 * row + i] ?? '',
      unit,
      spreads: [figures[part][lane], ...(other ? [other[part][lane]] : [])],
    })),
  );
  return (
    <div className="figure-cards">
      {cards.map(({ name, unit, spreads }) => (
        <section key={name} className="figure-card" aria-label={name}>
          <h3>{name}</h3>
          <FigureTable spreads={spreads} unit={unit} />
          <Histogram spreads={spreads} unit={unit} />
        </section>
      ))}
    </div>
  );
}

const SERIES = ['this', 'other'];
const SERIES_WORDS = ['this time', 'compared'];

function FigureTable({ spreads, unit: { format } }: { spreads: readonly Distribution[]; unit: Unit }) {
  return (
    <table>
      <thead>
        <tr>
          {spreads.length > 1 && <td />}
          {['messages', 'mean', 'p50', 'p90', 'p99', 'max'].map((name) => (
            <th key={name} scope="col" className="number">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {spreads.map(({ count, mean, p50, p90, p99, max }, i) => (
          <tr key={SERIES[i]}>
            {spreads.length > 1 && (
              <th scope="row">
                <i className={`figure-key figure-${SERIES[i]}`} aria-hidden="true" />
                {SERIES_WORDS[i]}
              </th>
            )}
            <td className="number">{formatInteger(count)}</td>
            {Object.entries({ mean, p50, p90, p99, max }).map(([name, value]) => (
              <td key={name} className="number">
                {count === 0 ? '–' : format(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
