import { closeSync, lstatSync, openSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { type FailureCode, ShmscopeError } from '../../../shared/failure.ts';
import { SCHEMA_VERSION } from './migrations/migrations.ts';
import { presentAsCurrent } from './older-version.ts';
import { isDamage } from './reasons.ts';
import { APPLICATION_ID, versionOf } from './schema.ts';
import { SQLITE_MAGIC } from './sqlite-file.ts';

const TABLES = ['session', 'chunk', 'record'];
/** ms to wait for another program's lock. */
const LOCK_WAIT_MS = 100;
/** SQLite's primary result codes. */
const CODES: Readonly<Record<number, FailureCode>> = {
  5: 'capture-locked',
  6: 'capture-locked',
  11: 'capture-damaged',
  26: 'not-a-capture',
};
const CANT_OPEN = 14;

export interface ReadableCapture {
  readonly db: DatabaseSync;
  /** The file is shorter than its header says. */
  readonly cutOff: boolean;
}

/**
 * Opens any file as a capture for reading. Throws ShmscopeError `no-such-capture`, `not-a-capture`, `capture-newer`,
 * `capture-locked` or `capture-damaged` with what is wrong.
 */
export function openForReading(path: string): ReadableCapture {
  const cutOff = checkHeader(path);
  let db: DatabaseSync | undefined;
  try {
    db = connect(path);
    checkContent(db, basename(path));
    avoidBrokenIndex(db);
    presentAsCurrent(db);
    return { db, cutOff };
  } catch (error) {
    db?.close();
    throw readFailure(path, error);
  }
}

/** An error from SQLite about `path` in plain words; any other unchanged. */
export function explainOpenError(path: string, error: unknown): unknown {
  return (error as { errcode?: number }).errcode === undefined ? error : readFailure(path, error);
}

/** What SQLite said about reading `path`, in plain words. */
export function readFailure(path: string, error: unknown): ShmscopeError {
  if (error instanceof ShmscopeError) return error;
  const { errcode = 0, message } = error as { errcode?: number; message: string };
  const code = CODES[errcode & 0xff] ?? 'capture-damaged';
  const file = basename(path);
  switch (code) {
    case 'capture-locked':
      return new ShmscopeError(
        code,
        `${file} is locked by another program. Close the program that has it open, then try again.`,
      );
    case 'not-a-capture':
      return new ShmscopeError(
        code,
        `${file} is not a capture: it starts like a SQLite file, but SQLite can't read it (${message}).`,
      );
    default:
      return new ShmscopeError(code, `${file} is damaged: SQLite says "${message}".`);
  }
}

/** Returns whether the file is truncated. Throws if it can't be a SQLite file. */
function checkHeader(path: string): boolean {
  const file = basename(path);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat)
    throw new ShmscopeError('no-such-capture', `There is no capture ${file}. It may have been moved or deleted.`);
  if (!stat.isFile()) throw new ShmscopeError('not-a-capture', `${file} isn't a regular file, so it wasn't opened.`);
  const header = Buffer.alloc(100);
  const fd = openSync(path, 'r');
  const read = readSync(fd, header, 0, 100, 0);
  closeSync(fd);
  if (read === 0) throw new ShmscopeError('not-a-capture', `${file} is empty: nothing was ever written to it.`);
  if (header.subarray(0, Math.min(read, 16)).toString('latin1') !== SQLITE_MAGIC.slice(0, read))
    throw new ShmscopeError('not-a-capture', `${file} is not a capture: it isn't a SQLite file.`);
  if (read < 100)
    throw new ShmscopeError('capture-damaged', `${file} is truncated after ${read} bytes and can't be read.`);
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  return !hasWal(path) && stat.size < pageSize * header.readUInt32BE(28);
}

/** Whether the WAL holds anything that isn't in the file yet: an empty one exists only while somebody reads. */
function hasWal(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/**
 * Leaves the file and its WAL unchanged. Without a WAL, SQLite creates an empty one to read, and only a writable
 * connection removes it again; with a WAL, such a connection would checkpoint it into the file.
 */
function connect(path: string): DatabaseSync {
  if (hasWal(path)) return readable(new DatabaseSync(path, { readOnly: true, timeout: LOCK_WAIT_MS }));
  try {
    return readable(new DatabaseSync(uriOf(path, 'mode=rw'), { timeout: LOCK_WAIT_MS }));
  } catch (error) {
    if (((error as { errcode?: number }).errcode ?? 0) % 256 !== CANT_OPEN) throw error;
    // In a read-only folder SQLite can't create the index of a WAL; without a WAL none is needed.
    return readable(new DatabaseSync(uriOf(path, 'immutable=1'), { readOnly: true }));
  }
}

/** SQLite's URIs have no host: a file on another machine's share is a path that begins with it. */
function uriOf(path: string, parameters: string): URL {
  const { host, pathname } = pathToFileURL(path);
  return new URL(`file://${host && `//${host}`}${pathname}?${parameters}`);
}

/** Opening alone reads nothing. What is read can't be written by mistake. */
function readable(db: DatabaseSync): DatabaseSync {
  try {
    versionOf(db);
    db.exec('PRAGMA query_only = TRUE');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * If their index is damaged, payloads are found without it, only more slowly. The check costs as much as reading the
 * index: a few ms per GiB of payloads.
 */
export function avoidBrokenIndex(db: DatabaseSync): void {
  try {
    db.prepare('SELECT count(*) FROM main.chunk INDEXED BY chunk_of_session').get();
  } catch (error) {
    if (!isDamage(error)) return;
    db.exec('PRAGMA query_only = FALSE; CREATE TEMP VIEW chunk AS SELECT * FROM main.chunk NOT INDEXED');
  }
}

function checkContent(db: DatabaseSync, file: string): void {
  const { application_id: application } = db.prepare('PRAGMA application_id').get() as { application_id: number };
  const names = new Set(
    db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .all()
      .map(({ name }) => name),
  );
  if (application === 0 && names.size === 0)
    throw new ShmscopeError('not-a-capture', `${file} is an empty database: nothing was ever written to it.`);
  if (application !== APPLICATION_ID)
    throw new ShmscopeError('not-a-capture', `${file} is another application's SQLite file, not a Shmscope capture.`);
  const version = versionOf(db);
  if (version > SCHEMA_VERSION)
    throw new ShmscopeError(
      'capture-newer',
      `${file} was written by a newer Shmscope (format ${version}; this one reads up to ${SCHEMA_VERSION}). Open it with that version.`,
    );
  const missing = TABLES.filter((table) => !names.has(table));
  if (missing.length > 0)
    throw new ShmscopeError('capture-damaged', `${file} is damaged: it is missing the table ${missing.join(' and ')}.`);
}
