import { expect, test } from 'vitest';
import type { LogRow, RowQuery } from '../../../shared/log.ts';
import { pickedRecords, recordsIn } from './picked-records.ts';

/** Records 0 to 2,999, of which 10 to 2,509 are one row; three were removed, so record 3 is at position 1. */
const row = (seq: number): LogRow => ({ seq, run: null }) as LogRow;
const run = { first: 10, last: 2509, until: { wall: 0, mono: 0 } };
const folded = { ...row(10), run };

const api = {
  rows: async ({ from, count, fold }: RowQuery) => {
    const at = (position: number) => (position === 8 ? folded : row(position < 8 ? position + 2 : position + 2501));
    const rows = Array.from({ length: count }, (_, i) => (fold ? at(from + i) : row(from + i + 2)));
    const progress = { scanned: 3000, complete: true };
    return { ok: true as const, value: { total: 0, found: 0, records: 3000, from, rows, progress } };
  },
  position: async ({ at }: { at: { by: string; seq?: number } }) => {
    const progress = { scanned: 3000, complete: true };
    return { ok: true as const, value: { position: (at.seq as number) - 2, total: 0, progress } };
  },
};

test('a row that stands for timeouts gives each of them, and every other row its record', async () => {
  const seqs: number[] = [];
  const shown = { session: 1, filter: 'kind:timeout', fold: { unfolded: [] } };
  for await (const { seq } of pickedRecords(api, shown, [{ from: 7, to: 11 }])) seqs.push(seq);
  expect(seqs).toEqual(Array.from({ length: 2503 }, (_, i) => i + 9));
  expect(recordsIn(folded)).toBe(2500);
});
