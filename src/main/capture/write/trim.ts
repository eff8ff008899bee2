import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { CHUNK_BYTES } from '../store/schema.ts';

/**
 * Records and payload bytes removed per transaction, about 10 ms: whatever arrived is committed between two of them.
 */
const SLICE = 2000;
const SLICE_BYTES = 8 * 1024 * 1024;
/** An upper estimate of a record's bytes besides its payload. */
const RECORD_BYTES = 32;
/** Free pages returned to the file system with each. */
const SHRINK_PAGES = 256;

export interface Limits {
  /** Bytes that the capture may have; null: no limit. */
  readonly maxBytes: number | null;
  /** µs since 1970 before which records are too old; null: none is. */
  readonly oldest: number | null;
}

interface Oldest {
  readonly session: number;
  readonly first: number;
  readonly last: number;
  readonly at: number;
}

/**
 * Removes the oldest records of a capture that is being written. A record's age is measured by the monotonic clock from
 * its session's opening, so that a clock set back removes nothing too early. The newest record of a session always
 * stays.
 */
export class Trimmer {
  readonly #db: DatabaseSync;
  readonly #used: StatementSync;
  readonly #file: StatementSync;
  readonly #oldest: StatementSync;
  readonly #youngAt: StatementSync;
  readonly #largeAt: StatementSync;
  readonly #chunkAt: StatementSync;
  readonly #deleteChunks: StatementSync;
  readonly #deleteRecords: StatementSync;
  readonly #deleteMarks: StatementSync;
  readonly #deleteRuns: StatementSync;
  readonly #note: StatementSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#used = db.prepare(
      'SELECT (page_count - freelist_count) * page_size AS n FROM pragma_page_count, pragma_freelist_count, pragma_page_size',
    );
    this.#file = db.prepare(
      'SELECT page_count * page_size AS bytes, freelist_count AS free FROM pragma_page_count, pragma_freelist_count, pragma_page_size',
    );
    this.#oldest = db.prepare(`
      SELECT id AS session, first, last, opened_at + (SELECT mono FROM record WHERE session = id AND seq = first) AS at
      FROM (SELECT id, opened_at, (SELECT min(seq) FROM record WHERE session = id) AS first,
        (SELECT max(seq) FROM record WHERE session = id) AS last FROM session)
      WHERE first < last ORDER BY at LIMIT 1`);
    this.#youngAt = db.prepare(`
      SELECT min(seq) AS seq FROM (SELECT seq, mono FROM record WHERE session = ?1 AND seq >= ?2 ORDER BY seq LIMIT ?3)
      WHERE mono >= ?4 - (SELECT opened_at FROM session WHERE id = ?1)`);
    this.#largeAt = db.prepare(`
      SELECT min(seq) AS seq FROM (SELECT seq, sum(size + ${RECORD_BYTES}) OVER (ORDER BY seq) AS bytes FROM
        (SELECT seq, size FROM record WHERE session = ? AND seq >= ? ORDER BY seq LIMIT ${SLICE}))
      WHERE bytes >= ?`);
    this.#chunkAt = db.prepare(
      'SELECT chunk FROM record WHERE session = ? AND seq >= ? AND chunk IS NOT NULL ORDER BY seq LIMIT 1',
    );
    this.#deleteChunks = db.prepare('DELETE FROM chunk WHERE session = ? AND first_seq < ? AND id < ?');
    this.#deleteRecords = db.prepare('DELETE FROM record WHERE session = ? AND seq < ?');
    this.#deleteMarks = db.prepare('DELETE FROM mark WHERE session = ? AND seq < ?');
    this.#deleteRuns = db.prepare('DELETE FROM run WHERE session = ? AND last < ?');
    this.#note = db.prepare('INSERT OR REPLACE INTO removal (session, records, at) VALUES (?, ?, ?)');
  }

  /**
   * Removes some of what exceeds the limits and notes it in the file, or shrinks the file; false if nothing is left to
   * do. Throws SQLite's error.
   */
  step({ maxBytes, oldest }: Limits, now = Date.now()): boolean {
    const found = this.#oldest.get() as unknown as Oldest | undefined;
    if (!found) return this.#shrink(maxBytes);
    const excess = maxBytes === null ? 0 : (this.#used.get() as { n: number }).n - maxBytes;
    const isOld = oldest !== null && found.at < oldest;
    if (excess <= 0 && !isOld) return this.#shrink(maxBytes);
    const young =
      excess > 0 ? null : (this.#youngAt.get(found.session, found.first, SLICE, oldest)?.seq as number | null);
    const end = Math.min(found.last, found.first + SLICE, young ?? found.last, this.#afterBytes(found, excess));
    this.#remove(found.session, end, now * 1000);
    return true;
  }

  /** Returns free pages to the file system if they take the file over its limit; false if none do. */
  #shrink(maxBytes: number | null): boolean {
    const { bytes, free } = this.#file.get() as { bytes: number; free: number };
    if (maxBytes === null || bytes <= maxBytes || free === 0) return false;
    this.#db.exec(`PRAGMA incremental_vacuum(${SHRINK_PAGES})`);
    return true;
  }

  /**
   * One above the number of the record whose removal is enough for `excess`, or makes a slice. Removing less than a
   * chunk frees no space.
   */
  #afterBytes({ session, first, last }: Oldest, excess: number): number {
    const bytes = excess > 0 ? Math.min(SLICE_BYTES, Math.max(excess, CHUNK_BYTES)) : SLICE_BYTES;
    const seq = this.#largeAt.get(session, first, bytes)?.seq as number | null;
    return seq === null ? last : seq + 1;
  }

  #remove(session: number, end: number, at: number): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const chunk = this.#chunkAt.get(session, end)?.chunk ?? Number.MAX_SAFE_INTEGER;
      this.#deleteChunks.run(session, end, chunk);
      this.#deleteRecords.run(session, end);
      this.#deleteMarks.run(session, end);
      this.#deleteRuns.run(session, end);
      this.#note.run(session, end, at);
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
    this.#db.exec(`PRAGMA incremental_vacuum(${SHRINK_PAGES})`);
  }
}
