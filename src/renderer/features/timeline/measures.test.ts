import { describe, expect, it } from 'vitest';
import { measured, roundUp } from './measures.ts';
import { laneOf, timelineOf } from './testing.ts';

const buffers = { capacity: 16_384, highWater: { s2c: 0, c2s: 8192 } };

describe('what the bars show', () => {
  it('adds up both directions, a second', () => {
    const both = timelineOf({ c2s: laneOf({ messages: [1, 3], bytes: [10, 0] }), s2c: laneOf({ messages: [2, 0] }) });
    expect(measured('rate', both, buffers).bars).toEqual([[30, 30]]);
    expect(measured('bytes', both, buffers).bars).toEqual([[100, 0]]);
  });

  it('does not let single messages fill the scale', () => {
    const { bars, top } = measured('rate', timelineOf({ c2s: laneOf({ messages: [1, 1] }) }), buffers);
    expect(bars[0]?.[0]).toBe(10);
    expect(top).toBe(50);
  });

  it('shows each buffer by lane, with the most that it ever held as a line', () => {
    const sent = timelineOf({ s2c: laneOf({ largest: [0, 4096] }) });
    expect(measured('fill', sent, buffers)).toMatchObject({
      bars: [
        [0, 25],
        [0, 0],
      ],
      lines: [0, 50],
      top: 50,
    });
  });

  it('ends at a full buffer, and has a scale before the capacity is known', () => {
    const claimed = timelineOf({ c2s: laneOf({ largest: [99_999_999, 0] }) });
    expect(measured('fill', claimed, buffers).top).toBe(100);
    expect(measured('fill', claimed, { ...buffers, capacity: 0 }).top).toBe(1);
  });

  it('ends its scale at a round figure', () => {
    expect([0.4, 1, 11, 21, 99].map((n) => roundUp(n, 10))).toEqual([0.5, 1, 20, 50, 100]);
    expect([1024, 1025, 600 * 1024].map((n) => roundUp(n, 1024) / 1024)).toEqual([1, 2, 1024]);
    const busy = timelineOf({ c2s: laneOf({ messages: [1900, 0], bytes: [3_000_000, 0] }) });
    const labels = (['rate', 'bytes'] as const).map((name) => {
      const { say, top } = measured(name, busy, buffers);
      return say(top);
    });
    expect(labels).toEqual(['20k/s', '50 MiB/s']);
  });
});
