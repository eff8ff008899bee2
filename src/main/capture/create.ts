import { closeSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { captureFailure } from './reasons.ts';
import { migrate } from './schema.ts';

/** WAL pages (4 KiB each) after which they are moved into the file: rare enough not to hold up a flood. */
const CHECKPOINT_PAGES = 4000;
/** ms to wait for another program's lock before writing counts as failed; it is tried again anyway. */
const LOCK_WAIT_MS = 100;

export interface NewCapture {
  readonly file: string;
  readonly db: DatabaseSync;
}

/**
 * Makes `folder` where needed and in it a new capture that only its owner can read.
 * Throws ShmscopeError `capture-failed`; a failed attempt leaves no file.
 */
export function createCapture(folder: string, now = new Date()): NewCapture {
  let file: string | undefined;
  try {
    makeFolder(folder);
    file = createFile(folder, stamp(now));
    return { file, db: openForWriting(file) };
  } catch (error) {
    if (file) for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    throw captureFailure(`No capture can be written in ${folder}`, error);
  }
}

/** Node's own recursive mkdir calls a read-only disk ENOENT, which would send the user looking for the wrong thing. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    makeFolder(dirname(folder));
    mkdirSync(folder, { mode: 0o700 });
  }
}

/** `capture-20251231-235959`, local time. */
function stamp(now: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return `capture-${date}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}

function createFile(folder: string, name: string): string {
  for (let n = 1; ; n++) {
    const file = join(folder, n === 1 ? `${name}.sqlite` : `${name}-${n}.sqlite`);
    try {
      // SQLite takes an empty file as a new database, and gives -wal and -shm the mode of this one.
      closeSync(openSync(file, 'wx', 0o600));
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function openForWriting(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: LOCK_WAIT_MS });
  try {
    const { journal_mode: mode } = db.prepare('PRAGMA journal_mode = WAL').get() as { journal_mode: string };
    if (mode !== 'wal')
      throw new Error('the file system can not share memory between readers, as network folders can not');
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
