const sorted = (numbers: readonly number[]): number[] => {
  if (numbers.length === 0) throw new Error('Nothing was measured.');
  return numbers.toSorted((a, b) => a - b);
};

/** The value that a `share` (0 to 1) of the numbers are below. */
export function quantile(numbers: readonly number[], share: number): number {
  const all = sorted(numbers);
  return all[Math.min(all.length - 1, Math.floor(all.length * share))] as number;
}

/** For an even count the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const all = sorted(numbers);
  const [low, high] = [all[(all.length - 1) >> 1] as number, all[all.length >> 1] as number];
  return (low + high) / 2;
}

/** `0.81 (0.78 to 0.84)`: the median and the range. */
export function spread(numbers: readonly number[]): string {
  const all = sorted(numbers);
  return `${median(all).toFixed(2)} (${all[0]?.toFixed(2)} to ${all.at(-1)?.toFixed(2)})`;
}
