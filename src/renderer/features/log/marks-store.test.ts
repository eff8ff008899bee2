import { expect, test } from 'vitest';
import { neighbour } from './marks-store.ts';

const marks = [3, 8, 20].map((seq) => ({ seq, mono: seq, mark: '', note: null }));
const next = (seq: number | null) => neighbour(marks, seq, 1)?.seq;
const previous = (seq: number | null) => neighbour(marks, seq, -1)?.seq;

test('marks are walked in their order, and round at the ends', () => {
  expect([next(null), next(3), next(5), next(20)]).toEqual([3, 8, 8, 3]);
  expect([previous(null), previous(3), previous(5), previous(20)]).toEqual([20, 20, 3, 8]);
  expect(neighbour([], 5, 1)).toBeUndefined();
});
