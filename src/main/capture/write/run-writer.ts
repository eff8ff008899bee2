import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RecordBatch } from '../../../shared/log.ts';
import { KIND_CODES, LANE_CODES } from '../store/codes.ts';
import { RUN_KINDS, runKey } from '../store/run-key.ts';
import { readSpans, writeSpans } from '../store/spans.ts';

/** The most runs in one row of the table. */
const BLOCK = 512;

interface StoredRecord {
  readonly seq: number;
  readonly kind: number;
  readonly lane: number | null;
  readonly code: string | null;
}

/** Where a session's list ends. */
interface Tail {
  block: number;
  /** First and last record number of each run in the block. */
  spans: number[];
  /** The records that the next one may continue; a single one isn't a run yet. */
  first: number;
  last: number;
  key: string | null;
  isSaved: boolean;
}

/**
 * Maintains the table `run`: where two or more consecutive records share a {@link runKey}. Use it within the
 * transaction that writes the records. Its cost depends only on such records.
 */
export class RunWriter {
  readonly #save: StatementSync;
  readonly #lastBlock: StatementSync;
  /** None if records are counted from the first one. */
  readonly #lastRecord: StatementSync | undefined;
  readonly #tails = new Map<number, Tail>();

  /** `db` has the table `run` and, unless every session is read from its first record, `record`. */
  constructor(db: DatabaseSync, { fromStart = false } = {}) {
    this.#save = db.prepare('INSERT OR REPLACE INTO run (session, block, last, spans) VALUES (?, ?, ?, ?)');
    this.#lastBlock = db.prepare('SELECT block, spans FROM run WHERE session = ? ORDER BY block DESC LIMIT 1');
    if (!fromStart)
      this.#lastRecord = db.prepare(
        'SELECT seq, kind, lane, code FROM record WHERE session = ? ORDER BY seq DESC LIMIT 1',
      );
  }

  /** From batches whose records aren't in the file yet. */
  addBatches(batches: readonly RecordBatch[]): void {
    for (const { session, records } of batches)
      for (const { seq, kind, lane, code } of records)
        this.add(session, seq, runKey(KIND_CODES[kind], lane && LANE_CODES[lane], code));
    this.flush();
  }

  /** The next record, in order within each session; may be omitted if its `key` is null. {@link flush} saves it. */
  add(session: number, seq: number, key: string | null): void {
    if (key === null) return;
    const tail = this.#tail(session);
    if (seq !== tail.last + 1 || key !== tail.key) {
      tail.first = seq;
      tail.last = seq;
      tail.key = key;
      return;
    }
    tail.last = seq;
    tail.isSaved = false;
    if (seq > tail.first + 1) tail.spans[tail.spans.length - 1] = seq;
    else this.#begin(session, tail);
  }

  flush(): void {
    for (const [session, tail] of this.#tails) this.#store(session, tail);
  }

  /** After a rollback, memory and file differ. */
  forget(): void {
    this.#tails.clear();
  }

  #begin(session: number, tail: Tail): void {
    if (tail.spans.length === 2 * BLOCK) {
      this.#store(session, tail);
      tail.block += 1;
      tail.spans = [];
    }
    tail.spans.push(tail.first, tail.last);
  }

  #store(session: number, tail: Tail): void {
    if (tail.isSaved) return;
    this.#save.run(session, tail.block, tail.spans.at(-1) as number, writeSpans(tail.spans));
    tail.isSaved = true;
  }

  #tail(session: number): Tail {
    const known = this.#tails.get(session);
    if (known) return known;
    const tail = this.#read(session);
    this.#tails.set(session, tail);
    return tail;
  }

  #read(session: number): Tail {
    const stored = this.#lastBlock.get(session) as { block: number; spans: Uint8Array } | undefined;
    const spans = stored ? [...readSpans(stored.spans)] : [];
    const record = this.#lastRecord?.get(session) as StoredRecord | undefined;
    const key = record ? runKey(record.kind, record.lane, record.code) : null;
    const last = record && key !== null ? record.seq : -2;
    const first = spans.at(-1) === last ? (spans.at(-2) as number) : last;
    return { block: stored?.block ?? 0, spans, first, last, key, isSaved: true };
  }
}

/** Fills the empty table `run` from the records. Throws SQLite's error. */
export function rebuildRuns(db: DatabaseSync): void {
  const runs = new RunWriter(db, { fromStart: true });
  const records = db.prepare(
    `SELECT session, seq, kind, lane, code FROM record WHERE kind IN ${RUN_KINDS} ORDER BY session, seq`,
  );
  for (const record of records.iterate()) {
    const { session, seq, kind, lane, code } = record as unknown as StoredRecord & { readonly session: number };
    runs.add(session, seq, runKey(kind, lane, code));
  }
  runs.flush();
}
