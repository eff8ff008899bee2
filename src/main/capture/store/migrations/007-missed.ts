import type { Migration } from './migration.ts';

/** `bucket.missed`: what a tap missed, previously counted in `anomalies`. */
export const missed: Migration = {
  rebuild: [],
  sql: 'ALTER TABLE bucket ADD COLUMN missed INTEGER NOT NULL DEFAULT 0;',
};
