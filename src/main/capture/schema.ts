import type { DatabaseSync } from 'node:sqlite';
import { rebuild } from './aggregate/rebuild.ts';
import { KIND_CODES } from './codes.ts';
import { RUN_KINDS, runKey } from './fold/run-key.ts';
import { RunWriter } from './fold/run-writer.ts';

/** "SHMS": tells a capture from any other SQLite file. */
export const APPLICATION_ID = 0x53484d53;

/** Payload bytes of a chunk, unless one payload alone is larger. */
export const CHUNK_BYTES = 256 * 1024;

/** One step each from `user_version` to the next; a step that was published is never changed. */
const MIGRATIONS: readonly ((db: DatabaseSync) => void)[] = [createTables, addAggregates, addSilences, addRuns];

/** The version that this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * - `session.opened_at`, `record.wall`: µs since 1970. `record.mono`: µs since the session began.
 * - `chunk.data`: payloads one after another, of records of one session that follow each other, from `first_seq` on.
 * - `chunk.head`: the first bytes of a payload that fills a chunk of more than 256 KiB by itself, so that a preview need
 *   not read it all; NULL for every other chunk. It stands before `data` so as to be reached without it.
 * - `record.kind`, `record.direction`: see codes.ts. `record.chunk` is NULL where there is no payload.
 * - `record.detail`: TEXT, or a BLOB of UTF-16LE for text that SQLite's TEXT can't hold whole.
 */
function createTables(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE session (
      id INTEGER PRIMARY KEY,
      role TEXT NOT NULL,
      section TEXT NOT NULL,
      event_s2c TEXT NOT NULL,
      event_c2s TEXT NOT NULL,
      opened_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE chunk (
      id INTEGER PRIMARY KEY,
      session INTEGER NOT NULL,
      first_seq INTEGER NOT NULL,
      head BLOB,
      data BLOB NOT NULL
    ) STRICT;
    CREATE TABLE record (
      session INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      direction INTEGER,
      wall INTEGER NOT NULL,
      mono INTEGER NOT NULL,
      size INTEGER NOT NULL,
      chunk INTEGER,
      offset INTEGER NOT NULL,
      code TEXT,
      detail ANY,
      PRIMARY KEY (session, seq)
    ) STRICT, WITHOUT ROWID;
  `);
}

/**
 * - `record.unread`: µs that a message stood unread, NULL where that is not known.
 * - `bucket`: aggregates of the records of a stretch of a session's monotonic time, see aggregate/; a function of the records,
 *   but those that retention has removed stay counted.
 * - `mark`: what the user wrote to a record; TEXT or UTF-16LE as `record.detail`.
 * - `removal`: what retention has removed: all records of the session below `records`.
 * - `property`: of the capture, such as its title.
 */
function addAggregates(db: DatabaseSync): void {
  db.exec(`
    ALTER TABLE record ADD COLUMN unread INTEGER;
    CREATE INDEX chunk_of_session ON chunk (session, first_seq);
    CREATE TABLE mark (
      session INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      label ANY,
      note ANY,
      PRIMARY KEY (session, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE removal (session INTEGER PRIMARY KEY, records INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
    CREATE TABLE property (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
  `);
  createBuckets(db);
  for (const _ of rebuild(db, db));
}

/**
 * `silence`: where in a session two or more timeouts follow each other, so that the log can show them as one row without looking at
 * every record. `spans` is up to 512 pairs of u32, little-endian: their first and last record numbers, ascending, also from block to
 * block; `last` is the last of them. What retention has removed may still be told.
 */
function addSilences(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE silence (
      session INTEGER NOT NULL,
      block INTEGER NOT NULL,
      last INTEGER NOT NULL,
      spans BLOB NOT NULL,
      PRIMARY KEY (session, block)
    ) STRICT, WITHOUT ROWID;
  `);
  const silences = new RunWriter(db, { fromStart: true, table: 'silence' });
  const timeouts = db.prepare(
    `SELECT session, seq FROM record WHERE kind = ${KIND_CODES.timeout} ORDER BY session, seq`,
  );
  for (const { session, seq } of timeouts.iterate()) silences.add(session as number, seq as number, 'timeout');
  silences.flush();
}

/**
 * - `record.count`: how often what the record says happened; 1 but for an anomaly that was repeated.
 * - `run`: takes the place of `silence`, and has those of one anomaly in one direction as well.
 */
function addRuns(db: DatabaseSync): void {
  db.exec(`
    ALTER TABLE record ADD COLUMN count INTEGER NOT NULL DEFAULT 1;
    DROP TABLE silence;
    CREATE TABLE run (
      session INTEGER NOT NULL,
      block INTEGER NOT NULL,
      last INTEGER NOT NULL,
      spans BLOB NOT NULL,
      PRIMARY KEY (session, block)
    ) STRICT, WITHOUT ROWID;
  `);
  const runs = new RunWriter(db, { fromStart: true });
  const records = db.prepare(
    `SELECT session, seq, kind, direction, code FROM record WHERE kind IN ${RUN_KINDS} ORDER BY session, seq`,
  );
  records.setReturnArrays(true);
  for (const record of records.iterate()) {
    const [session, seq, kind, direction, code] = record as unknown as [
      number,
      number,
      number,
      number | null,
      string | null,
    ];
    runs.add(session, seq, runKey(kind, direction, code));
  }
  runs.flush();
}

/** `record.unread`, or what stands for it in a capture of version 1. */
export function unreadColumn(db: DatabaseSync): string {
  return versionOf(db) >= 2 ? 'unread' : 'NULL AS unread';
}

/** `record.count`, or what stands for it in a capture of a version before 4. */
export function countColumn(db: DatabaseSync): string {
  return versionOf(db) >= 4 ? 'count' : '1';
}

export function versionOf(db: DatabaseSync): number {
  return (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}

/** The table of the aggregates, also for a database in memory that holds nothing else. */
export function createBuckets(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE bucket (
      session INTEGER NOT NULL,
      level INTEGER NOT NULL,
      bucket INTEGER NOT NULL,
      first_seq INTEGER,
      messages_in INTEGER NOT NULL,
      messages_out INTEGER NOT NULL,
      bytes_in INTEGER NOT NULL,
      bytes_out INTEGER NOT NULL,
      largest_in INTEGER NOT NULL,
      largest_out INTEGER NOT NULL,
      unread_in INTEGER NOT NULL,
      unread_out INTEGER NOT NULL,
      timeouts INTEGER NOT NULL,
      exits INTEGER NOT NULL,
      errors INTEGER NOT NULL,
      anomalies INTEGER NOT NULL,
      others INTEGER NOT NULL,
      sizes_in BLOB,
      sizes_out BLOB,
      unreads_in BLOB,
      unreads_out BLOB,
      replies_in BLOB,
      replies_out BLOB,
      PRIMARY KEY (session, level, bucket)
    ) STRICT, WITHOUT ROWID;
  `);
}

/** Brings a new or older capture to this version, each step in a transaction of its own. */
export function migrate(db: DatabaseSync): void {
  const version = versionOf(db);
  for (const [index, step] of MIGRATIONS.entries()) {
    if (index < version) continue;
    db.exec('BEGIN IMMEDIATE');
    try {
      step(db);
      db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${index + 1}; COMMIT`);
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }
}
