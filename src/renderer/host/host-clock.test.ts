import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hostNow, setHostTime } from './host-clock.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }));
afterEach(() => void vi.useRealTimers());

test.each([-3_600_000, 3_600_000, 0])('the host’s clocks go on whatever this machine’s does, set by %d ms', (by) => {
  setHostTime({ wall: 1_700_000_000_000_000, mono: 5_000_000 });
  vi.setSystemTime(Date.now() + by);
  vi.advanceTimersByTime(1500);
  expect(hostNow()).toEqual({ wall: 1_700_000_001_500_000, mono: 6_500_000 });
});

test('a host whose clock was set is followed', () => {
  setHostTime({ wall: 1_700_000_000_000_000, mono: 5_000_000 });
  setHostTime({ wall: 1_600_000_000_000_000, mono: 5_000_001 });
  expect(hostNow()).toEqual({ wall: 1_600_000_000_000_000, mono: 5_000_001 });
});
