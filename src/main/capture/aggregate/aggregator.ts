import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RecordBatch } from '../../../shared/log.ts';
import type { LastMessage } from '../../match/replies.ts';
import { KIND_CODES, storedLane } from '../store/codes.ts';
import { Viewpoints } from '../store/record-row.ts';
import { CHAIN_KINDS } from '../store/reply.ts';
import { type BucketValues, type Counted, HISTOGRAMS, NUMBERS } from './bucket.ts';
import { type BucketStore, Pyramid } from './pyramid.ts';

const COLUMNS = [...NUMBERS, ...HISTOGRAMS];

/** Maintains a capture's aggregates; use it within the transaction that writes the records. */
export class Aggregator implements BucketStore {
  readonly #viewpoints: Viewpoints;
  readonly #load: StatementSync;
  readonly #save: StatementSync;
  /** None if records are counted from the first one. */
  readonly #lastMessage: StatementSync | undefined;
  readonly #pyramids = new Map<number, Pyramid>();

  /** `db` has the table `bucket` and, unless every session is counted from its first record, `record`. */
  constructor(db: DatabaseSync, viewpoints = new Viewpoints(db), { fromStart = false } = {}) {
    this.#viewpoints = viewpoints;
    this.#load = db.prepare(`SELECT ${COLUMNS.join(', ')} FROM bucket WHERE session = ? AND level = ? AND bucket = ?`);
    this.#load.setReturnArrays(true);
    this.#save = db.prepare(
      `INSERT OR REPLACE INTO bucket (session, level, bucket, ${COLUMNS.join(', ')}) VALUES (?, ?, ?${', ?'.repeat(COLUMNS.length)})`,
    );
    this.#lastMessage = fromStart ? undefined : lastMessageOf(db);
  }

  /** Counts batches whose records aren't in the file yet. */
  addBatches(batches: readonly RecordBatch[]): void {
    for (const { session, records, reads = [] } of batches) {
      const pyramid = this.#pyramid(session, records[0]?.seq ?? 0);
      for (const record of records) pyramid.count(record);
      for (const read of reads) pyramid.readLater(read);
    }
    for (const session of new Set(batches.map((batch) => batch.session))) this.#pyramids.get(session)?.save();
  }

  /** Counts records of one session, in order. */
  addRecords(session: number, records: readonly Counted[]): void {
    if (records.length === 0) return;
    const pyramid = this.#pyramid(session, records[0]?.seq ?? 0);
    for (const record of records) pyramid.count(record);
    pyramid.save();
  }

  /** After a rollback, memory and file differ. */
  forget(): void {
    this.#pyramids.clear();
  }

  load(session: number, level: number, bucket: number): BucketValues | undefined {
    return this.#load.get(session, level, bucket) as unknown as BucketValues | undefined;
  }

  save(session: number, level: number, bucket: number, values: BucketValues): void {
    this.#save.run(session, level, bucket, ...values);
  }

  #pyramid(session: number, firstSeq: number): Pyramid {
    const known = this.#pyramids.get(session);
    if (known) return known;
    const pyramid = new Pyramid(session, this.#viewpoints.of(session), this, this.#messageBefore(session, firstSeq));
    this.#pyramids.set(session, pyramid);
    return pyramid;
  }

  #messageBefore(session: number, seq: number): LastMessage | null {
    const last = this.#lastMessage?.get(session, seq) as { kind: number; lane: number; mono: number } | undefined;
    const lane = storedLane(last?.lane ?? null);
    return last?.kind === KIND_CODES.message && lane ? { lane, mono: last.mono } : null;
  }
}

/** The last record before `seq` that starts or ends a chain of replies: a message, an exit or the close. */
function lastMessageOf(db: DatabaseSync): StatementSync {
  return db.prepare(
    `SELECT kind, lane, mono FROM record WHERE session = ? AND seq < ? AND kind IN ${CHAIN_KINDS} ORDER BY seq DESC LIMIT 1`,
  );
}
