/** Bytes from `from` on, `to` not included. */
export interface Difference {
  readonly from: number;
  readonly to: number;
}

/** Where two payloads differ at the same offset, in order; what only one of them has counts as different. */
export function byteDifferences(a: Uint8Array, b: Uint8Array): Difference[] {
  const found: Difference[] = [];
  const shorter = Math.min(a.length, b.length);
  let from = -1;
  for (let at = 0; at < shorter; at += 1) {
    if (a[at] !== b[at]) {
      if (from < 0) from = at;
    } else if (from >= 0) {
      found.push({ from, to: at });
      from = -1;
    }
  }
  const longer = Math.max(a.length, b.length);
  if (from >= 0 || longer > shorter) found.push({ from: from >= 0 ? from : shorter, to: longer });
  return found;
}

/** The index of the last difference that begins at `at` or before; -1 if all come later. */
export function differenceBefore(differences: readonly Difference[], at: number): number {
  let low = 0;
  let high = differences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((differences[middle] as Difference).from <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export const isDifferent = (differences: readonly Difference[], at: number): boolean =>
  (differences[differenceBefore(differences, at)]?.to ?? 0) > at;
