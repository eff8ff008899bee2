import type { Migration } from './migration.ts';

/**
 * - `record.count`: how often what the record says happened; 1 but for an anomaly that was repeated.
 * - `run`: takes the place of `silence`, and has those of one anomaly in one direction as well.
 */
export const runs: Migration = {
  rebuild: ['runs'],
  sql: `
    ALTER TABLE record ADD COLUMN count INTEGER NOT NULL DEFAULT 1;
    DROP TABLE silence;
    CREATE TABLE run (
      session INTEGER NOT NULL,
      block INTEGER NOT NULL,
      last INTEGER NOT NULL,
      spans BLOB NOT NULL,
      PRIMARY KEY (session, block)
    ) STRICT, WITHOUT ROWID;
  `,
};
