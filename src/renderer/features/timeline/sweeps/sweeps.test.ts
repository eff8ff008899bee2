import { expect, test } from 'vitest';
import type { Sweeps } from '../../../../shared/sweeps.ts';
import { frameOf, marksOf, xOf, yOf } from './draw-sweeps.ts';
import { momentWords, sweepWords } from './sweep-words.ts';

const sweeps: Sweeps = {
  sweeps: 2,
  found: 2,
  points: [
    { sweep: 0, lane: 'c2s', at: 0, value: 40 },
    { sweep: 0, lane: 's2c', at: 1000, value: 12_000 },
    { sweep: 1, lane: 'c2s', at: 0, value: 40 },
    { sweep: 1, lane: 's2c', at: 3000, value: 40 },
  ],
  isCut: false,
  progress: { scanned: 4, complete: true },
};

test('sweeps are told by what follows their beginnings', () => {
  expect(sweepWords(sweeps)).toBe('2 sweeps · S→C 2, after 1.0 ms to 3.0 ms, mean 2.0 ms');
  expect(sweepWords({ ...sweeps, found: 900, isCut: true })).toMatch(/^the newest 500 of 900 sweeps.*not all messages/);
  expect(momentWords(sweeps, 1000, 100)).toBe('1.0 ms ± 100 µs: S→C in 1, C→S in 0 of 2 sweeps');
});

test('sizes have a logarithmic scale, so that small ones show beside large ones', () => {
  const frame = frameOf(sweeps, { width: 476, height: 128, length: 4000, isLog: true });
  expect(marksOf(frame)).toEqual([32, 1024, 16_384]);
  expect(xOf(frame, 2000)).toBe(264);
  expect([32, 16_384].map((size) => yOf(frame, size))).toEqual([108, 8]);
  expect(frameOf({ ...sweeps, points: [] }, { width: 1, height: 1, length: 1, isLog: false }).top).toBe(1);
});
