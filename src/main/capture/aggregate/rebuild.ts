import type { DatabaseSync } from 'node:sqlite';
import { RECORD_COLUMNS, type RecordRow, recordOf, Viewpoints } from '../store/record-row.ts';
import { Aggregator } from './aggregator.ts';

/** Records counted per slice, about 20 ms. */
const SLICE = 10_000;

/**
 * Fills the empty aggregates of `into` from the records of `from`, in the same database or another. Each `next()` does
 * one slice. Throws SQLite's error at the first record that can't be read.
 */
export function* rebuildBuckets(from: DatabaseSync, into: DatabaseSync): Generator<void> {
  const sessions = from.prepare('SELECT id FROM session ORDER BY id').all() as { id: number }[];
  const slice = from.prepare(
    `SELECT ${RECORD_COLUMNS} FROM record WHERE session = ? AND seq >= ? ORDER BY seq LIMIT ?`,
  );
  slice.setReturnArrays(true);
  const aggregator = new Aggregator(into, new Viewpoints(from), { fromStart: true });
  for (const { id } of sessions) {
    for (let next = 0; ; ) {
      const records = (slice.all(id, next, SLICE) as unknown as RecordRow[]).map(recordOf);
      const last = records.at(-1);
      if (!last) break;
      aggregator.addRecords(id, records);
      next = last.seq + 1;
      yield;
    }
  }
}
