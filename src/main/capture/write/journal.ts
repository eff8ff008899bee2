import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RecordBatch } from '../../../shared/log.ts';
import type { CompiledTypes } from '../../../shared/types/compiled/compiled.ts';
import { Aggregator } from '../aggregate/aggregator.ts';
import type { CapturedSession } from '../store/captured-session.ts';
import { MarkWriter } from '../store/marks.ts';
import { writeSessionTypes } from '../store/session-types.ts';
import { writeTitle } from '../store/title.ts';
import { type Chunk, Packer } from './packer.ts';
import { RecordWriter } from './record-writer.ts';
import { RunWriter } from './run-writer.ts';
import { Trimmer } from './trim.ts';

/** What is written together or not at all, in order of arrival. */
export interface Group {
  readonly sessions: readonly CapturedSession[];
  /** Checked (see intake.ts), none empty; some may have nothing but reads. */
  readonly batches: readonly RecordBatch[];
}

/** The writing side of a new capture's tables. */
export class Journal {
  readonly marks: MarkWriter;
  readonly trimmer: Trimmer;
  readonly #db: DatabaseSync;
  readonly #insertSession: StatementSync;
  readonly #insertChunk: StatementSync;
  readonly #findSession: StatementSync;
  readonly #findRecord: StatementSync;
  readonly #size: StatementSync;
  readonly #updateUnread: StatementSync;
  readonly #aggregator: Aggregator;
  readonly #runs: RunWriter;
  readonly #records: RecordWriter;
  #lastChunk = 0;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#insertSession = db.prepare(
      'INSERT INTO session (id, role, section, event_s2c, event_c2s, opened_at) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#insertChunk = db.prepare('INSERT INTO chunk (id, session, first_seq, head, data) VALUES (?, ?, ?, ?, ?)');
    this.#updateUnread = db.prepare('UPDATE record SET unread = ? WHERE session = ? AND seq = ?');
    this.marks = new MarkWriter(db);
    this.trimmer = new Trimmer(db);
    this.#aggregator = new Aggregator(db);
    this.#runs = new RunWriter(db);
    this.#records = new RecordWriter(db);
    this.#findSession = db.prepare('SELECT 1 FROM session WHERE id = ?');
    this.#findRecord = db.prepare('SELECT 1 FROM record WHERE session = ? AND seq = ?');
    this.#size = db.prepare('SELECT page_count * page_size AS n FROM pragma_page_count, pragma_page_size');
  }

  /**
   * Commits all of `group`; if it throws SQLite's error, it is unknown whether any of it is in the file (see
   * {@link holds}).
   */
  write(group: Group): void {
    const lastChunk = this.#lastChunk;
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      for (const s of group.sessions)
        this.#insertSession.run(s.id, s.role, s.section, s.eventS2c, s.eventC2s, s.openedAt);
      this.#aggregator.addBatches(group.batches);
      this.#runs.addBatches(group.batches);
      this.#insertBatches(group.batches);
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#lastChunk = lastChunk;
      this.#aggregator.forget();
      this.#runs.forget();
      this.#records.forget();
      // SQLite may have rolled back by itself, as it does on a full disk.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /** Whether `group` is in the file after all: a COMMIT may fail after it took effect. */
  holds(group: Group): boolean {
    const batch = group.batches.findLast(({ records }) => records.length > 0);
    const record = batch?.records.at(-1);
    if (batch && record) return this.#findRecord.get(batch.session, record.seq) !== undefined;
    const session = group.sessions.at(-1);
    return session === undefined || this.#findSession.get(session.id) !== undefined;
  }

  /** Size of the capture in bytes, including its WAL; undefined if that can't be read right now. */
  bytes(): number | undefined {
    try {
      return (this.#size.get() as { n: number }).n;
    } catch {
      return undefined;
    }
  }

  setTitle(title: string | null): void {
    writeTitle(this.#db, title);
  }

  setTypes(session: number, types: CompiledTypes): void {
    writeSessionTypes(this.#db, session, types);
  }

  /**
   * Checkpoints the WAL into the file and releases both. If there is no room for that, what was committed stays in the
   * WAL and is read from there.
   */
  close(): void {
    try {
      this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // Nothing is lost by it.
    }
    this.#db.close();
  }

  #insertBatches(batches: readonly RecordBatch[]): void {
    const packers = new Map<number, Packer>();
    for (const batch of batches) {
      const packer = packers.get(batch.session) ?? this.#packer(batch.session);
      packers.set(batch.session, packer);
      this.#insertBatch(batch, packer);
    }
    this.#records.flush();
    for (const packer of packers.values()) packer.flush();
  }

  #packer(session: number): Packer {
    const store = ({ id, firstSeq, head, data }: Chunk) => {
      this.#insertChunk.run(id, session, firstSeq, head, data);
    };
    return new Packer(() => ++this.#lastChunk, store);
  }

  #insertBatch({ session, records, payload, reads = [] }: RecordBatch, packer: Packer): void {
    for (const record of records) this.#records.add(session, record, packer.place(record, payload));
    if (reads.length === 0) return;
    // Includes records that aren't inserted yet.
    this.#records.flush();
    for (const { seq, unreadMicros } of reads) this.#updateUnread.run(unreadMicros, session, seq);
  }
}
