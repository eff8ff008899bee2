import { expect, test } from 'vitest';
import { inZone } from '../../../shared/zone.testing.ts';
import { goalOf } from './goal.ts';

const openedAt = Date.UTC(2026, 2, 1, 9) * 1000;
const life = { from: openedAt, to: openedAt + 1_000_000 };

test.each([
  ['12', 12],
  [' #1,204 ', 1204],
  ['0', 0],
])('%j is a record number', (text, seq) => {
  expect(goalOf(text, life)).toEqual({ by: 'seq', seq });
});

test('a time is on the day of the session unless it has a date', () => {
  expect(goalOf('10:00:02.5Z', life)).toEqual({ by: 'wall', wall: Date.UTC(2026, 2, 1, 10, 0, 2, 500) * 1000 });
  expect(goalOf('2025-01-31 10:00Z', life)).toEqual({ by: 'wall', wall: Date.UTC(2025, 0, 31, 10) * 1000 });
});

test('a time since the start is one of the clock that is never set', () => {
  expect(goalOf('+26:00:01.5', life)).toEqual({ by: 'mono', mono: (26 * 3600 + 1.5) * 1_000_000 });
});

test('a local time that was there twice is reported with both choices', () => {
  inZone('America/New_York', () => {
    expect(goalOf('2026-11-01 01:30', life)).toMatch(/-11-01T01:30:00-04:00 or 2026-11-01T01:30:00-05:00\.$/);
    expect(goalOf('2026-11-01 01:30 -05:00', life)).toEqual({ by: 'wall', wall: Date.UTC(2026, 10, 1, 6, 30) * 1000 });
  });
});

test.each(['', 'x', ',', '#', '99999999999999999999', '10:00" or "a', '25:00'])(
  '%j is refused with a sentence',
  (text) => {
    expect(goalOf(text, life)).toMatch(/\.$/);
  },
);
