const SECONDS = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 43_200, 86_400];
/** Natural steps of the axis, in µs: 1, 2 and 5 of each unit below a second. */
const STEPS = [
  ...[1, 10, 100, 1000, 10_000, 100_000].flatMap((unit) => [unit, 2 * unit, 5 * unit]),
  ...SECONDS.map((seconds) => seconds * 1_000_000),
];
const DAY = 86_400_000_000;

const stepFor = (least: number): number => STEPS.find((each) => each >= least) ?? Math.ceil(least / DAY) * DAY;

/**
 * Where the axis has ticks: round by the wall clock, at most `most` of them. `offset` is how far that clock is ahead of
 * the one that `from` and `to` are of; all in µs.
 */
export function axisMarks(from: number, to: number, offset: number, most: number): number[] {
  const step = stepFor((to - from) / Math.max(1, most));
  const first = Math.ceil((from + offset) / step) * step - offset;
  const count = Math.max(0, Math.floor((to - first) / step) + 1);
  return Array.from({ length: count }, (_, i) => first + i * step);
}
