import type { Migration } from './migration.ts';

/**
 * - `record.unread`: µs that a message stood unread, NULL where that is not known.
 * - `bucket`: aggregates of the records of a stretch of a session's monotonic time, see aggregate/; a function of the
 *   records, but those that retention has removed stay counted.
 * - `mark`: what the user wrote to a record; TEXT or UTF-16LE as `record.detail`.
 * - `removal`: what retention has removed: all records of the session below `records`.
 * - `property`: of the capture, such as its title.
 */
export const aggregates: Migration = {
  rebuild: ['buckets'],
  sql: `
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
  `,
};
