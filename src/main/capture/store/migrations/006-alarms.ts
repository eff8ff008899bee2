import type { Migration } from './migration.ts';

/** `bucket.alarms`: how often alarms fired. Before, there were none. */
export const alarms: Migration = {
  rebuild: [],
  sql: 'ALTER TABLE bucket ADD COLUMN alarms INTEGER NOT NULL DEFAULT 0;',
};
