import type { Distribution } from '../../../../shared/timeline.ts';

/** The histograms' scale: logarithmic, with a place for zero. */
const logOf = (value: number): number => Math.log2(value + 1);

export interface Axis {
  readonly first: number;
  readonly last: number;
  /** 0 to 1. */
  readonly place: (value: number) => number;
}

/** From the smallest to the largest of all; null if there is nothing. */
export function axisOf(spreads: readonly Distribution[]): Axis | null {
  const first = Math.min(...spreads.flatMap(({ starts }) => starts.slice(0, 1)));
  const last = Math.max(...spreads.flatMap(({ ends }) => ends.slice(-1)));
  if (!(first < last)) return null;
  const [from, to] = [logOf(first), logOf(last)];
  return { first, last, place: (value) => (logOf(value) - from) / (to - from) };
}

/** The least distance of two ticks, as a share of the axis. */
const APART = 0.2;
const STEPS = { 10: [1, 2, 5], 1024: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] } as const;

/** Round values on the axis, far enough from each other to be read; both ends if there is at most one. */
export function marksOf({ first, last, place }: Axis, base: 10 | 1024): number[] {
  const marks: number[] = [];
  const take = (value: number) => {
    if (value < first || value > last || (marks.length > 0 && place(value) - place(marks.at(-1) ?? 0) < APART)) return;
    marks.push(value);
  };
  take(0);
  for (let unit = 1; unit <= last; unit *= base) for (const step of STEPS[base]) take(step * unit);
  return marks.length > 1 ? marks : [first, last];
}

/** The height of each bar: for one distribution its count, for several its share, so that they can be compared. */
export const heightsOf = ({ counts, count }: Distribution, isShare: boolean): readonly number[] =>
  isShare ? counts.map((n) => (100 * n) / Math.max(1, count)) : counts;
