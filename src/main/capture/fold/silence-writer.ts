import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RecordBatch } from '../../../shared/log.ts';
import { KIND_CODES } from '../codes.ts';
import { readSpans, writeSpans } from './spans.ts';

/** Silences that one row of the table holds at most. */
const BLOCK = 512;

/** Where a session's list ends. */
interface Tail {
  block: number;
  /** First and last record number of each silence in the block. */
  spans: number[];
  /** The timeouts that the next one may follow on; one alone is no silence yet. */
  first: number;
  last: number;
  isSaved: boolean;
}

/**
 * Keeps the table `silence`: where two or more timeouts follow each other without a record between. To be used within the
 * transaction that writes the records. What it costs depends on the timeouts alone.
 */
export class SilenceWriter {
  readonly #save: StatementSync;
  readonly #lastBlock: StatementSync;
  /** None where records are counted from their first one on. */
  readonly #lastRecord: StatementSync | undefined;
  readonly #tails = new Map<number, Tail>();

  /** `db` has the table `silence` and, unless every session is read from its first record on, `record`. */
  constructor(db: DatabaseSync, { fromStart = false } = {}) {
    this.#save = db.prepare('INSERT OR REPLACE INTO silence (session, block, last, spans) VALUES (?, ?, ?, ?)');
    this.#lastBlock = db.prepare('SELECT block, spans FROM silence WHERE session = ? ORDER BY block DESC LIMIT 1');
    if (!fromStart)
      this.#lastRecord = db.prepare('SELECT seq, kind FROM record WHERE session = ? ORDER BY seq DESC LIMIT 1');
  }

  /** Of batches whose records are not in the file yet. */
  addBatches(batches: readonly RecordBatch[]): void {
    for (const { session, records } of batches)
      for (const { kind, seq } of records) if (kind === 'timeout') this.add(session, seq);
    this.flush();
  }

  /** A timeout; of each session in their order. {@link flush} has it saved. */
  add(session: number, seq: number): void {
    const tail = this.#tail(session);
    if (seq !== tail.last + 1) {
      tail.first = seq;
      tail.last = seq;
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

  /** After a rollback: what is in memory is not what is in the file. */
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
    const record = this.#lastRecord?.get(session) as { seq: number; kind: number } | undefined;
    const last = record?.kind === KIND_CODES.timeout ? record.seq : -2;
    const first = spans.at(-1) === last ? (spans.at(-2) as number) : last;
    return { block: stored?.block ?? 0, spans, first, last, isSaved: true };
  }
}
