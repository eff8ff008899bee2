import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Clock } from './clock.ts';

const HOUR_MS = 3_600_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'], now: 1_700_000_000_000 }));
afterEach(() => void vi.useRealTimers());

test.each([-HOUR_MS, HOUR_MS])(
  'a system clock that is set by %d ms is followed; the other clock goes on evenly',
  (by) => {
    const clock = new Clock();
    const before = clock.now();
    vi.setSystemTime(Date.now() + by);
    vi.advanceTimersByTime(200);
    const after = clock.now();
    expect(after.wall - before.wall).toBe((by + 200) * 1000);
    expect(after.mono - before.mono).toBe(200_000);
  },
);

test('a system clock that runs no more evenly than its milliseconds leaves no jump in the microseconds', () => {
  const clock = new Clock();
  const before = clock.now();
  vi.setSystemTime(Date.now() + 1);
  vi.advanceTimersByTime(200);
  const after = clock.now();
  expect(after.wall - before.wall).toBe(after.mono - before.mono);
});
