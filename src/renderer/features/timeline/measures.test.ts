import { describe, expect, it } from 'vitest';
import { measured, roundUp } from './measures.ts';
import { laneOf, timelineOf } from './testing.ts';

const buffers = { capacity: 16_384, highWater: { s2c: 0, c2s: 8192 } };

describe('what the bars show', () => {
  it('adds up both directions, a second', () => {
    const both = timelineOf({ in: laneOf({ messages: [1, 3], bytes: [10, 0] }), out: laneOf({ messages: [2, 0] }) });
    expect(measured('rate', both, 'server', buffers).bars).toEqual([[30, 30]]);
    expect(measured('bytes', both, 'server', buffers).bars).toEqual([[100, 0]]);
  });

  it('does not let single messages fill the scale', () => {
    const { bars, top } = measured('rate', timelineOf({ in: laneOf({ messages: [1, 1] }) }), 'server', buffers);
    expect(bars[0]?.[0]).toBe(10);
    expect(top).toBe(50);
  });

  it('shows each buffer by lane, with the most that it ever held as a line', () => {
    const sent = timelineOf({ out: laneOf({ largest: [0, 4096] }) });
    expect(measured('fill', sent, 'server', buffers)).toMatchObject({
      bars: [
        [0, 25],
        [0, 0],
      ],
      lines: [0, 50],
      top: 50,
    });
    expect(measured('fill', sent, 'client', buffers).bars[1]).toEqual([0, 25]);
  });

  it('ends at a full buffer, and has a scale before the capacity is known', () => {
    const claimed = timelineOf({ in: laneOf({ largest: [99_999_999, 0] }) });
    expect(measured('fill', claimed, 'server', buffers).top).toBe(100);
    expect(measured('fill', claimed, 'server', { ...buffers, capacity: 0 }).top).toBe(1);
  });

  it('ends its scale at a round figure', () => {
    expect([0.4, 1, 11, 21, 99].map((n) => roundUp(n, 10))).toEqual([0.5, 1, 20, 50, 100]);
    expect([1024, 1025, 600 * 1024].map((n) => roundUp(n, 1024) / 1024)).toEqual([1, 2, 1024]);
    const busy = timelineOf({ in: laneOf({ messages: [1900, 0], bytes: [3_000_000, 0] }) });
    const labels = (['rate', 'bytes'] as const).map((name) => {
      const { say, top } = measured(name, busy, 'server', buffers);
      return say(top);
    });
    expect(labels).toEqual(['20k/s', '50 MiB/s']);
  });
});
