import { describe, expect, it } from 'vitest';
import type { StateEvent } from '../../shared/api.ts';
import { paced } from './pace.ts';

const event = (records: number) => ({ sessions: [{ records }] }) as unknown as StateEvent;

function bench() {
  const applied: number[] = [];
  const timers: Array<{ at: number; step: () => void }> = [];
  let time = 0;
  const offer = paced((e) => applied.push(e.sessions[0]?.records ?? -1), {
    now: () => time,
    later: (step, ms) => timers.push({ at: time + ms, step }),
  });
  const advance = (ms: number) => {
    time += ms;
    for (const timer of timers.splice(0)) timer.at <= time ? timer.step() : timers.push(timer);
  };
  return { applied, offer, advance };
}

describe('the pace of state events', () => {
  it('is theirs while there is something to read', () => {
    const { applied, offer, advance } = bench();
    for (let i = 1; i <= 5; i += 1) {
      offer(event(i * 10));
      advance(33);
    }
    expect(applied).toEqual([10, 20, 30, 40, 50]);
  });

  it('is five a second in a flood, the newest each time', () => {
    const { applied, offer, advance } = bench();
    for (let i = 1; i <= 30; i += 1) {
      offer(event(i * 1000));
      advance(33);
    }
    expect(applied.length).toBeLessThanOrEqual(6);
    expect(applied[1]).toBeGreaterThan(2000);
  });

  it('never loses the last event', () => {
    const { applied, offer, advance } = bench();
    offer(event(1000));
    offer(event(5000));
    offer(event(5001));
    advance(200);
    expect(applied).toEqual([1000, 5001]);
  });
});
