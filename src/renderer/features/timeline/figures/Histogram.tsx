import type { Distribution } from '../../../../shared/timeline.ts';
import { formatInteger } from '../../../kit/format/bytes.ts';
import { roundUp } from '../tracks/scale.ts';
import { type Axis, axisOf, heightsOf, marksOf } from './histogram-axis.ts';

/** How values are written, and the base of their round numbers. */
export interface Unit {
  readonly format: (value: number) => string;
  readonly base: 10 | 1024;
}

const WIDTH = 380;
const HEIGHT = 96;
const LEFT = 42;
const RIGHT = 6;
const TOP = 8;
const FOOT = 18;
const ACROSS = WIDTH - LEFT - RIGHT;
const HIGH = HEIGHT - TOP - FOOT;

interface Props {
  /** One, or two to compare. */
  readonly spreads: readonly Distribution[];
  readonly unit: Unit;
}

/** Bars over logarithmic steps; the compared one is an outline, and both are shares of their own messages. */
export function Histogram({ spreads, unit }: Props) {
  const axis = axisOf(spreads);
  if (!axis) return <p className="figure-none">none in this time</p>;
  const isShare = spreads.length > 1;
  const heights = spreads.map((spread) => heightsOf(spread, isShare));
  const top = roundUp(Math.max(1, ...heights.flat()), 10);
  const y = (value: number) => TOP + HIGH * (1 - value / top);
  const x = (value: number) => LEFT + ACROSS * axis.place(value);
  const say = (value: number) => (isShare ? `${value} %` : formatInteger(value));
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={wordsOf(axis, unit, isShare)}>
      {[0, top].map((value) => (
        <g key={value}>
          <line className="figure-grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(value)} y2={y(value)} />
          <text className="figure-y" x={LEFT - 6} y={y(value) + 3.5}>
            {say(value)}
          </text>
        </g>
      ))}
      {marksOf(axis, unit.base).map((value) => (
        <g key={value}>
          <line className="figure-tick" x1={x(value)} x2={x(value)} y1={y(0)} y2={y(0) + 3} />
          <text className={axis.place(value) > 0.9 ? 'figure-x figure-last' : 'figure-x'} x={x(value)} y={HEIGHT - 3}>
            {unit.format(value)}
          </text>
        </g>
      ))}
      {spreads.map((spread, i) =>
        i === 0 ? (
          <Bars key="this" spread={spread} heights={heights[i] ?? []} x={x} y={y} />
        ) : (
          <path key="other" className="figure-outline" d={outlineOf(spread, heights[i] ?? [], x, y)} />
        ),
      )}
    </svg>
  );
}

const wordsOf = ({ first, last }: Axis, { format }: Unit, isShare: boolean) =>
  `${isShare ? 'Shares of both times' : 'Messages'} from ${format(first)} to ${format(last)}`;

interface BarsProps {
  readonly spread: Distribution;
  readonly heights: readonly number[];
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

function Bars({ spread: { starts, ends }, heights, x, y }: BarsProps) {
  return starts.map((start, i) => {
    const tall = Math.max(1, y(0) - y(heights[i] ?? 0));
    const wide = Math.max(1, x(ends[i] ?? start) - x(start) - 0.5);
    return <rect key={start} className="figure-bar" x={x(start)} y={y(0) - tall} width={wide} height={tall} />;
  });
}

/** Up and down along the steps; at the baseline between two that don't touch. */
function outlineOf({ starts, ends }: Distribution, heights: readonly number[], x: BarsProps['x'], y: BarsProps['y']) {
  const steps = starts.map((start, i) => {
    const end = ends[i] ?? start;
    const top = y(heights[i] ?? 0);
    const [isJoined, joins] = [ends[i - 1] === start, starts[i + 1] === end];
    const begin = isJoined ? `L${x(start)} ${top}` : `M${x(start)} ${y(0)}L${x(start)} ${top}`;
    return `${begin}L${x(end)} ${top}${joins ? '' : `L${x(end)} ${y(0)}`}`;
  });
  return steps.join('');
}
