import type { DatabaseSync } from 'node:sqlite';
import { rebuildBuckets } from '../aggregate/rebuild.ts';
import type { Derived } from '../store/migrations/migration.ts';
import { MIGRATIONS } from '../store/migrations/migrations.ts';
import { APPLICATION_ID, versionOf } from '../store/schema.ts';
import { rebuildRuns } from './run-writer.ts';

const REBUILD: Readonly<Record<Derived, (db: DatabaseSync) => void>> = {
  buckets: (db) => {
    for (const _ of rebuildBuckets(db, db));
  },
  runs: rebuildRuns,
};

/** Upgrades a new or older capture to this version, completely or, if it throws SQLite's error, not at all. */
export function migrate(db: DatabaseSync): void {
  const steps = MIGRATIONS.slice(versionOf(db));
  if (steps.length === 0) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const { sql } of steps) db.exec(sql);
    for (const derived of new Set(steps.flatMap(({ rebuild }) => rebuild))) REBUILD[derived](db);
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length}; COMMIT`);
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
