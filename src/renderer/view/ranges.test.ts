import { expect, test } from 'vitest';
import { includes, lengthOf, type Ranges, single, spanned, toggledAt } from './ranges.ts';

test('a span includes both its ends, whichever comes first', () => {
  expect(spanned(5, 3)).toEqual([{ from: 3, to: 6 }]);
  expect(lengthOf(spanned(3, 5))).toBe(3);
});

test('positions put in and taken out in any order are those that are in', () => {
  let ranges: Ranges = single(4);
  const model = new Set([4]);
  let seed = 7;
  for (let i = 0; i < 500; i++) {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    const position = seed % 20;
    ranges = toggledAt(ranges, position);
    if (!model.delete(position)) model.add(position);
    expect([...Array(20).keys()].filter((at) => includes(ranges, at))).toEqual([...model].sort((a, b) => a - b));
    expect(lengthOf(ranges)).toBe(model.size);
    for (const [at, range] of ranges.entries()) expect(range.from).toBeGreaterThan(ranges[at - 1]?.to ?? -1);
  }
});
