import { LANES, type Lane } from '../../../shared/domain.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import { formatSize } from '../../kit/format/bytes.ts';

/** What the bars can show: messages a second, bytes a second, or how full each direction's buffer was at most. */
export const MEASURES = ['rate', 'bytes', 'fill'] as const;
export type Measure = (typeof MEASURES)[number];

/** Both buffers' size and how full each was at most so far, in bytes. */
export interface Buffers {
  readonly capacity: number;
  readonly highWater: Readonly<Record<Lane, number>>;
}

export interface Measured {
  /** Heights of the bars of each bucket: one row for all messages, or one a lane. */
  readonly bars: readonly (readonly number[])[];
  /** Lines across, one a row of bars, in the bars' unit. */
  readonly lines: readonly number[];
  /** Where the scale ends: a round figure. */
  readonly top: number;
  readonly say: (value: number) => string;
}

/** Fewer messages in a bucket than this don't fill the scale, so that single ones look like what they are. */
const FEW = 4;
const LEAST_BYTES = 1024;

export function measured(measure: Measure, timeline: Timeline, buffers: Buffers): Measured {
  const perSecond = (column: 'messages' | 'bytes') =>
    timeline.s2c[column].map((n, i) => ((n + (timeline.c2s[column][i] ?? 0)) * 1_000_000) / timeline.width);
  if (measure === 'rate') {
    const rates = perSecond('messages');
    const top = roundUp(Math.max((FEW * 1_000_000) / timeline.width, ...rates), 10);
    return { bars: [rates], lines: [], top, say: (rate) => `${short(rate)}/s` };
  }
  if (measure === 'bytes') {
    const rates = perSecond('bytes');
    const top = roundUp(Math.max(LEAST_BYTES, ...rates), 1024);
    return { bars: [rates], lines: [], top, say: (rate) => `${formatSize(rate)}/s` };
  }
  const percent = (bytes: number) => (buffers.capacity > 0 ? Math.min(100, (bytes / buffers.capacity) * 100) : 0);
  const lines = LANES.map((lane) => percent(buffers.highWater[lane]));
  const bars = LANES.map((lane) => timeline[lane].largest.map(percent));
  const top = Math.min(100, roundUp(Math.max(1, ...lines, ...bars.flat()), 10));
  return { bars, lines, top, say: (fill) => `${short(fill)} %` };
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** The next round figure from `value` up: 1, 2 or 5 of a unit, the units being powers of `base`. */
export function roundUp(value: number, base: 10 | 1024): number {
  const unit = base ** Math.floor(Math.log(value) / Math.log(base));
  return unit * (STEPS.find((step) => step < base && step * unit >= value) ?? base);
}

/** 0.4, 20, 5k, 2M. */
function short(n: number): string {
  if (n >= 1_000_000) return `${n / 1_000_000}M`;
  return n >= 1000 ? `${n / 1000}k` : String(Number(n.toPrecision(2)));
}
