import type { Migration } from './migration.ts';

/**
 * `silence`: where in a session two or more timeouts follow each other, so that the log can show them as one row
 * without looking at every record. `spans` is up to 512 pairs of u32, little-endian: their first and last record
 * numbers, ascending, also from block to block; `last` is the last of them. What retention has removed may still be
 * told.
 */
export const timeoutRuns: Migration = {
  rebuild: [],
  sql: `
    CREATE TABLE silence (
      session INTEGER NOT NULL,
      block INTEGER NOT NULL,
      last INTEGER NOT NULL,
      spans BLOB NOT NULL,
      PRIMARY KEY (session, block)
    ) STRICT, WITHOUT ROWID;
  `,
};
