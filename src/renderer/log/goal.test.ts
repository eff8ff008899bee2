import { expect, test } from 'vitest';
import { goalOf } from './goal.ts';

const openedAt = Date.UTC(2026, 2, 1, 9) * 1000;

test.each([
  ['12', 12],
  [' #1,204 ', 1204],
  ['0', 0],
])('%j is a record number', (text, seq) => {
  expect(goalOf(text, openedAt)).toEqual({ by: 'seq', seq });
});

test('a time is on the day of the session unless it has a date', () => {
  expect(goalOf('10:00:02.5Z', openedAt)).toEqual({ by: 'wall', wall: Date.UTC(2026, 2, 1, 10, 0, 2, 500) * 1000 });
  expect(goalOf('2025-01-31 10:00Z', openedAt)).toEqual({ by: 'wall', wall: Date.UTC(2025, 0, 31, 10) * 1000 });
});

test.each(['', 'x', '99999999999999999999', '10:00" or "a', '25:00'])('%j is refused with a sentence', (text) => {
  expect(goalOf(text, openedAt)).toMatch(/\.$/);
});
