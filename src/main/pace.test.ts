import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionSnapshot } from '../shared/session.ts';
import { pace } from './pace.ts';
import { throttle } from './throttle.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/**
 * States of one session that grows to each of `counts` records, one every 10 ms; returns which were reported, and when.
 */
function told(counts: readonly number[]): { readonly records: number; readonly at: number }[] {
  const seen: { records: number; at: number }[] = [];
  const waitOf = pace();
  let records = 0;
  const tell = throttle(() => {
    seen.push({ records, at: performance.now() });
    return waitOf([{ kind: 'endpoint', role: 'server', records } as SessionSnapshot]);
  });
  for (records of counts) {
    tell.soon();
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(1000);
  return seen;
}
const growing = (by: number) => Array.from({ length: 100 }, (_, i) => (i + 1) * by);

describe('the pace of states', () => {
  it('is at most thirty a second while there is something to read', () => {
    const states = told(growing(10));
    expect(states.filter(({ at }) => at < 1000)).toHaveLength(30);
  });

  it('is three a second in a flood, the newest each time', () => {
    const states = told(growing(1000));
    expect(states.map(({ at }) => at)).toEqual([0, 34, 367, 700, 1033]);
    expect(states[2]).toMatchObject({ records: 37_000 });
  });

  it('is what it was as soon as a flood is over, however much still comes', () => {
    const states = told([...growing(1000), ...growing(10).map((more) => 100_000 + more)]);
    expect(states.filter(({ at }) => at > 1000 && at < 2000).length).toBeGreaterThan(18);
  });

  it('never loses the last state', () => {
    expect(told([5000, 10_000, 10_001]).at(-1)?.records).toBe(10_001);
  });
});
