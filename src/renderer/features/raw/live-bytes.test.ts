import { expect, test, vi } from 'vitest';
import type { Result } from '../../../shared/failure.ts';
import { LiveBytes } from './live-bytes.ts';

/** A section that is an array, as its session is asked for it. */
function liveBytes(section: Uint8Array) {
  const asked: [number, number][] = [];
  const api = {
    rawBytes: async (_session: number, { offset, length }: { offset: number; length: number }) => {
      asked.push([offset, length]);
      return { ok: true, value: section.slice(offset, offset + length) } as Result<Uint8Array>;
    },
  };
  const live = new LiveBytes(api as never, 1);
  const look = (from: number, to: number) =>
    new Promise<void>((resolve) => {
      const undo = live.subscribe(() => {
        undo();
        resolve();
      });
      live.look(from, to);
    });
  return { live, look, asked };
}

test('what is looked at first has not changed; what differs the next time has', async () => {
  const section = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const { live, look } = liveBytes(section);
  await look(2, 6);
  expect([live.read(2, 4), live.read(0, 2), live.isFading]).toEqual([Uint8Array.of(3, 4), undefined, false]);
  section[3] = 0;
  await look(2, 6);
  const now = performance.now();
  expect([2, 3, 4].map((offset) => live.step(offset, now))).toEqual([undefined, 0, undefined]);
});

test('a change fades in three steps, and is forgotten', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const section = new Uint8Array(8);
  const { live, look } = liveBytes(section);
  await look(0, 8);
  section[1] = 1;
  await look(0, 8);
  const steps = [0, 1100, 2100, 3100].map((ms) => live.step(1, performance.now() + ms));
  expect(steps).toEqual([0, 1, 2, undefined]);
  vi.advanceTimersByTime(3100);
  await look(0, 8);
  expect(live.isFading).toBe(false);
  vi.useRealTimers();
});

test('what comes into view by scrolling has not changed, and what leaves it is forgotten', async () => {
  const section = new Uint8Array(100);
  const { live, look } = liveBytes(section);
  await look(0, 20);
  section.fill(1);
  await look(10, 30);
  const now = performance.now();
  expect([9, 10, 19, 20].map((offset) => live.step(offset, now))).toEqual([undefined, 0, 0, undefined]);
});

test('one question is asked at a time, and the last place that was wanted is the last one asked for', async () => {
  const { live, asked } = liveBytes(new Uint8Array(100));
  for (let at = 0; at < 5; at++) live.look(at, at + 10);
  await vi.waitFor(() => expect(asked.at(-1)).toEqual([4, 10]));
  expect(asked).toHaveLength(2);
});
