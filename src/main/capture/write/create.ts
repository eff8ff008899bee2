import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createEmpty, createFile, putInPlace, timeStamp } from '../store/publish.ts';
import { captureFailure } from '../store/reasons.ts';
import { removeTemporary, temporaryFile } from '../store/temporary.ts';
import { migrate } from './migrate.ts';

/** WAL pages (4 KiB each) between checkpoints: rare enough not to hold up a flood. */
const CHECKPOINT_PAGES = 4000;
/** ms to wait for another program's lock before writing counts as failed; it is tried again anyway. */
const LOCK_WAIT_MS = 100;

export interface NewCapture {
  readonly file: string;
  readonly db: DatabaseSync;
}

/**
 * Creates `folder` if needed and in it a new capture that only its owner can read, named after the time unless given a
 * `name`, which nothing may have. It is created under a temporary name, so that a file with the final name is always a
 * capture, even if this process is killed. Throws ShmscopeError `capture-failed`; a failed attempt leaves no file.
 */
export function createCapture(folder: string, now = new Date(), name?: string): NewCapture {
  const made: string[] = [];
  const make = (file: string) => {
    made.push(file);
    return file;
  };
  try {
    makeFolder(folder);
    const temporary = make(createEmpty(temporaryFile(folder)));
    openForWriting(temporary).close();
    if (existsSync(`${temporary}-wal`)) throw new Error('the new capture could not be completed');
    const file = make(
      name === undefined ? createFile(folder, `capture-${timeStamp(now)}`, 'sqlite') : createEmpty(join(folder, name)),
    );
    return { file, db: openForWriting(putInPlace(temporary, file)) };
  } catch (error) {
    for (const file of made) removeTemporary(file);
    throw captureFailure(`No capture can be written in ${folder}`, error);
  }
}

/**
 * Node's own recursive mkdir reports a read-only disk as ENOENT, which would send the user looking for the wrong thing.
 */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    makeFolder(dirname(folder));
    mkdirSync(folder, { mode: 0o700 });
  }
}

/** Opens an empty file, which doesn't exist yet or was created for it, as a new capture. Throws the system's error. */
export function openForWriting(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: LOCK_WAIT_MS });
  try {
    // Only before the first table: lets the file shrink when retention removes records.
    db.exec('PRAGMA auto_vacuum = INCREMENTAL');
    const { journal_mode: mode } = db.prepare('PRAGMA journal_mode = WAL').get() as { journal_mode: string };
    if (mode !== 'wal') throw new Error("the file system can't share memory between readers (network folders can't)");
    // NORMAL in WAL hands every commit to the OS without waiting for the disk: it survives the death of this process
    // at any moment, though not a loss of power, which may take the last commits (never the file's integrity).
    db.exec(`PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
