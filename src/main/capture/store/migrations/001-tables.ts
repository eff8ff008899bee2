import type { Migration } from './migration.ts';

/**
 * - `session.opened_at`, `record.wall`: µs since 1970. `record.mono`: µs since the session began.
 * - `chunk.data`: payloads one after another, of records of one session that follow each other, from `first_seq` on.
 * - `chunk.head`: the first bytes of a payload that fills a chunk of more than 256 KiB by itself, so that a preview
 *   need not read it all; NULL for every other chunk. It stands before `data` so as to be reached without it.
 * - `record.kind`: see codes.ts. `record.direction`: 1 in, 2 out. `record.chunk` is NULL where there is no payload.
 * - `record.detail`: TEXT, or a BLOB of UTF-16LE for text that SQLite's TEXT can't hold whole.
 */
export const tables: Migration = {
  rebuild: [],
  sql: `
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
  `,
};
