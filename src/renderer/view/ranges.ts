import type { Range } from '../kit/virtual/row-window.ts';

/** Positions in ascending order, without gaps within a range and without touching ranges. */
export type Ranges = readonly Range[];

export const single = (position: number): Ranges => [{ from: position, to: position + 1 }];

/** Everything between two positions, both included. */
export const spanned = (a: number, b: number): Ranges => [{ from: Math.min(a, b), to: Math.max(a, b) + 1 }];

export const includes = (ranges: Ranges, position: number): boolean =>
  ranges.some(({ from, to }) => from <= position && position < to);

export const lengthOf = (ranges: Ranges): number => ranges.reduce((sum, { from, to }) => sum + to - from, 0);

/** With `position`, or without it if it was included. */
export function toggledAt(ranges: Ranges, position: number): Ranges {
  if (includes(ranges, position)) {
    return ranges
      .flatMap(({ from, to }) =>
        from <= position && position < to
          ? [
              { from, to: position },
              { from: position + 1, to },
            ]
          : [{ from, to }],
      )
      .filter(({ from, to }) => from < to);
  }
  const joined: Range[] = [];
  for (const range of [...ranges, { from: position, to: position + 1 }].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last?.to === range.from) joined[joined.length - 1] = { from: last.from, to: range.to };
    else joined.push(range);
  }
  return joined;
}
