/** Steps of the axis that people count in, µs. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800].map((seconds) => seconds * 1_000_000);

/**
 * Where the axis has marks: round by the clock on the wall, at most `most` of them. `offset` is what that clock shows
 * more than the one that `from` and `to` are of; all in µs.
 */
export function axisMarks(from: number, to: number, offset: number, most: number): number[] {
  const step = STEPS.find((each) => (to - from) / each <= Math.max(1, most)) ?? (STEPS.at(-1) as number);
  const first = Math.ceil((from + offset) / step) * step - offset;
  const count = Math.max(0, Math.floor((to - first) / step) + 1);
  return Array.from({ length: count }, (_, i) => first + i * step);
}
