import type { DatabaseSync } from 'node:sqlite';

/** "SHMS": tells a capture from any other SQLite file. */
export const APPLICATION_ID = 0x53484d53;

/** Payload bytes of a chunk, unless one payload alone is larger. */
export const CHUNK_BYTES = 256 * 1024;

/** One step each from `user_version` to the next; a step that was published is never changed. */
const MIGRATIONS: readonly ((db: DatabaseSync) => void)[] = [createTables];

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

/** Brings a new or older capture to this version, each step in a transaction of its own. */
export function migrate(db: DatabaseSync): void {
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  for (const [index, step] of MIGRATIONS.entries()) {
    if (index < version) continue;
    db.exec('BEGIN IMMEDIATE');
    step(db);
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${index + 1}; COMMIT`);
  }
}
