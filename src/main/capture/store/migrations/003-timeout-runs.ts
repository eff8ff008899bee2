import type { Migration } from './migration.ts';

/**
 * `silence`: where two or more timeouts of a session are consecutive, so that the log can show them as one row without
 * reading every record. `spans` holds up to 512 pairs of u32, little-endian: their first and last record numbers,
 * ascending, across blocks too; `last` is the last of them. It may still list what retention has removed.
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
