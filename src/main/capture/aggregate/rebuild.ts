import type { DatabaseSync } from 'node:sqlite';
import { directionOf, kindOf } from '../store/codes.ts';
import { Aggregator } from './aggregator.ts';
import type { Counted } from './bucket.ts';

/** Records counted in one go, about 20 ms. */
const SLICE = 10_000;

interface Stored {
  readonly seq: number;
  readonly kind: number;
  readonly direction: number | null;
  readonly mono: number;
  readonly size: number;
  readonly unread?: number | null;
  readonly count?: number;
}

/**
 * Fills the empty aggregates of `into` from the records of `from`; the same database or another. Goes on with each `next()`, in
 * slices. Throws SQLite's error at the first record that can't be read.
 */
export function* rebuildBuckets(from: DatabaseSync, into: DatabaseSync): Generator<void> {
  const sessions = from.prepare('SELECT id FROM session ORDER BY id').all() as { id: number }[];
  const slice = from.prepare('SELECT * FROM record WHERE session = ? AND seq >= ? ORDER BY seq LIMIT ?');
  const aggregator = new Aggregator(into, { fromStart: true });
  for (const { id } of sessions) {
    for (let next = 0; ; ) {
      const records = (slice.all(id, next, SLICE) as unknown as Stored[]).map(counted);
      const last = records.at(-1);
      if (!last) break;
      aggregator.addRecords(id, records);
      next = last.seq + 1;
      yield;
    }
  }
}

function counted({ seq, kind, direction, mono, size, unread, count = 1 }: Stored): Counted {
  return {
    seq,
    kind: kindOf(kind),
    direction: directionOf(direction),
    mono,
    size,
    count,
    unreadMicros: unread ?? null,
  };
}
