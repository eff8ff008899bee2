import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { FACTOR, TOP } from '../store/levels.ts';

/** Finds records by monotonic time, which never decreases within a session, by binary search over their numbers. */
export class SpanFinder {
  readonly #ends: StatementSync;
  readonly #atOrAfter: StatementSync;

  constructor(db: DatabaseSync) {
    // SQLite uses the index for a minimum only if nothing else is selected with it; both together would scan every
    // record.
    this.#ends = db.prepare(`SELECT (SELECT min(seq) FROM record WHERE session = ?1) AS first,
      (SELECT max(seq) FROM record WHERE session = ?1) AS last`);
    this.#atOrAfter = db.prepare('SELECT mono FROM record WHERE session = ? AND seq >= ? ORDER BY seq LIMIT 1');
  }

  /** Numbers of the first record and of the one after the last; equal if there are none. */
  ends(session: number): { readonly first: number; readonly end: number } {
    const { first, last } = this.#ends.get(session) as { first: number | null; last: number | null };
    return first === null || last === null ? { first: 0, end: 0 } : { first, end: last + 1 };
  }

  /** Number of the first record at or after `mono`; one past the last if there is none. */
  firstAt(session: number, mono: number): number {
    let { first: low, end: high } = this.ends(session);
    while (low < high) {
      const middle = low + Math.floor((high - low) / 2);
      if (this.mono(session, middle) < mono) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  lastMono(session: number): number {
    const { first, end } = this.ends(session);
    return end > first ? this.mono(session, end - 1) : 0;
  }

  mono(session: number, seq: number): number {
    const found = this.#atOrAfter.get(session, seq) as { mono: number } | undefined;
    return found?.mono ?? Number.POSITIVE_INFINITY;
  }
}

/** The lowest-level buckets [from, to) as runs of the largest possible buckets. */
export function* pieces(from: number, to: number): Generator<readonly [level: number, from: number, to: number]> {
  let [low, high] = [from, to];
  for (let level = 0; level < TOP; level++) {
    const [up, down] = [Math.ceil(low / FACTOR), Math.floor(high / FACTOR)];
    if (up >= down) return yield [level, low, high];
    yield [level, low, up * FACTOR];
    yield [level, down * FACTOR, high];
    [low, high] = [up, down];
  }
  yield [TOP, low, high];
}
