import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ShmscopeError } from '../../../shared/failure.ts';
import { CACHE_SUFFIX } from '../fields/field-cache.ts';
import { openForReading } from '../store/open-file.ts';
import { captureFailure } from '../store/reasons.ts';
import { versionOf } from '../store/schema.ts';
import { migrate } from '../write/migrate.ts';

/** ms to wait for another program's lock. */
const LOCK_WAIT_MS = 100;

/** The version that introduced today's form of titles, marks and notes. */
export const ANNOTATED_SINCE = 2;

/**
 * Writes titles, marks or notes to a capture that isn't being recorded. A version without a place for them is upgraded
 * first; others stay as they are, so that current readers can go on. Throws ShmscopeError.
 */
export function annotate(path: string, write: (db: DatabaseSync) => void): void {
  openForReading(path).db.close();
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { timeout: LOCK_WAIT_MS });
    if (versionOf(db) < ANNOTATED_SINCE) migrate(db);
    write(db);
  } catch (error) {
    if (error instanceof ShmscopeError) throw error;
    throw captureFailure(`The capture ${basename(path)} can't be changed`, error);
  } finally {
    db?.close();
  }
}

/** Deletes a capture with the files beside it. Throws ShmscopeError `busy` while another program has it open. */
export function deleteCapture(path: string): void {
  if (inUse(path)) {
    const message = `${basename(path)} is open in another program, perhaps a second Shmscope that records into it. Close that first.`;
    throw new ShmscopeError('busy', message);
  }
  try {
    for (const suffix of ['', '-wal', '-shm', CACHE_SUFFIX]) rmSync(path + suffix, { force: true });
  } catch (error) {
    throw captureFailure(`The capture ${basename(path)} can't be deleted`, error);
  }
}

/** Only the sole user of a database can take it out of WAL mode, so a failure reveals other users. */
function inUse(path: string): boolean {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { timeout: 0 });
    db.exec('PRAGMA journal_mode = DELETE');
    return false;
  } catch (error) {
    return [5, 6].includes(((error as { errcode?: number }).errcode ?? 0) % 256);
  } finally {
    db?.close();
  }
}
