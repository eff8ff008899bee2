import { describe, expect, it } from 'vitest';
import { PayloadBuffer } from './payload-buffer.ts';

const filled = (length: number, value: number) => new Uint8Array(length).fill(value);

describe('the payloads of a batch', () => {
  it('come one after another, also when they are more than usual', () => {
    const payloads = new PayloadBuffer(4);
    for (const [length, value] of [
      [3, 1],
      [0, 9],
      [1, 2],
      [6, 3],
    ] as const)
      payloads.add(filled(length, value));
    expect(payloads.size).toBe(10);
    expect([...payloads.take()]).toEqual([1, 1, 1, 2, 3, 3, 3, 3, 3, 3]);
  });

  it.each([3, 4, 9])('of %i bytes are in memory of their own, which the next batch leaves alone', (length) => {
    const payloads = new PayloadBuffer(4);
    payloads.add(filled(length, 1));
    const first = payloads.take();
    payloads.add(filled(length, 2));
    expect([...first]).toEqual([...filled(length, 1)]);
    expect([payloads.take().buffer, payloads.size]).toEqual([filled(length, 2).buffer, 0]);
  });

  it('are copies: the bytes that were added may change afterwards', () => {
    const payloads = new PayloadBuffer(4);
    const bytes = filled(2, 1);
    payloads.add(bytes);
    bytes.fill(7);
    expect([...payloads.take()]).toEqual([1, 1]);
  });
});
