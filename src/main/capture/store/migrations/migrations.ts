import type { DatabaseSync } from 'node:sqlite';
import { tables } from './001-tables.ts';
import { aggregates } from './002-aggregates.ts';
import { timeoutRuns } from './003-timeout-runs.ts';
import { runs } from './004-runs.ts';
import { lanes } from './005-lanes.ts';
import { alarms } from './006-alarms.ts';
import { missed } from './007-missed.ts';
import { types } from './008-types.ts';
import { peaks } from './009-peaks.ts';
import type { Migration } from './migration.ts';

/** In order; a capture's `user_version` says how many of them it has had. */
export const MIGRATIONS: readonly Migration[] = [
  tables,
  aggregates,
  timeoutRuns,
  runs,
  lanes,
  alarms,
  missed,
  types,
  peaks,
];

/** The version that this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** Today's tables in an empty database, such as one in memory. */
export function createTables(db: DatabaseSync): void {
  for (const { sql } of MIGRATIONS) db.exec(sql);
}
