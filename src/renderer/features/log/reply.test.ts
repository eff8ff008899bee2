import { expect, test } from 'vitest';
import type { LogRow } from '../../../shared/log.ts';
import { replyOf } from './reply.ts';

const row = (seq: number, direction: 'in' | 'out' | null, kind = 'message') =>
  ({ seq, direction, kind, mono: seq * 1000 }) as LogRow;

test('a message answers the one right before it in the other direction', () => {
  expect(replyOf(row(5, 'in'), row(4, 'out'))).toEqual({ seq: 4, after: 1000 });
  expect(replyOf(row(5, 'out'), row(4, 'in'))).toEqual({ seq: 4, after: 1000 });
});

test('nothing is claimed across a gap, of the same direction, or of what is no message', () => {
  expect(replyOf(row(5, 'in'), row(3, 'out'))).toBeNull();
  expect(replyOf(row(5, 'in'), row(4, 'in'))).toBeNull();
  expect(replyOf(row(5, 'in'), row(4, null, 'timeout'))).toBeNull();
  expect(replyOf(row(5, null, 'timeout'), row(4, 'out'))).toBeNull();
  expect(replyOf(row(5, 'in'), undefined)).toBeNull();
});
