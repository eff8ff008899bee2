import { rmSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { FieldBucket } from './field-bucket.ts';

/** Appended to the capture's name. */
export const CACHE_SUFFIX = '.fields';
/** Changes whenever the tables, or what is read into them, change. */
const VERSION = 1;

const TABLES = `
  CREATE TABLE field (
    id INTEGER PRIMARY KEY, session INTEGER NOT NULL, path TEXT NOT NULL, lane TEXT NOT NULL, types TEXT NOT NULL,
    read INTEGER NOT NULL, wall INTEGER, UNIQUE (session, path, lane, types)) STRICT;
  CREATE TABLE bucket (
    field INTEGER NOT NULL, level INTEGER NOT NULL, bucket INTEGER NOT NULL, count INTEGER NOT NULL,
    least REAL NOT NULL, most REAL NOT NULL, sum REAL NOT NULL, first REAL NOT NULL, last REAL NOT NULL,
    PRIMARY KEY (field, level, bucket)) STRICT, WITHOUT ROWID;
  CREATE TABLE state (field INTEGER NOT NULL, value REAL NOT NULL, name TEXT NOT NULL, PRIMARY KEY (field, value)) STRICT;
  PRAGMA user_version = ${VERSION};`;

/** What was read of a field, and how far. */
export interface CachedField {
  readonly id: number;
  /** Records examined so far, from the first one. */
  readonly read: number;
  /** The wall clock of the last one, which identifies the capture; null if there is none. */
  readonly wall: number | null;
}

/** Whose field it is, and which types it was read with. */
export interface FieldKey {
  readonly session: number;
  readonly path: string;
  readonly lane: string;
  readonly types: string;
}

type Row = readonly [
  bucket: number,
  count: number,
  least: number,
  most: number,
  sum: number,
  first: number,
  last: number,
];

/** Buckets of fields, in a file beside the capture. It can be rebuilt at any time: a broken one is thrown away. */
export class FieldCache {
  readonly #db: DatabaseSync;
  readonly #statements: ReturnType<typeof prepare>;

  /** `db` has its tables. */
  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#statements = prepare(db);
  }

  /** In memory if nothing can be written there. */
  static open(file: string): FieldCache {
    const found = tryOpen(file);
    if (found) return found;
    try {
      rmSync(file, { force: true });
    } catch {
      // Not writable either, so memory has to do.
    }
    return tryOpen(file) ?? new FieldCache(made(new DatabaseSync(':memory:')));
  }

  /** What was read so far; from the beginning if nothing was. */
  field({ session, path, lane, types }: FieldKey): CachedField {
    const { find, add } = this.#statements;
    const found = find.get(session, path, lane, types) as unknown as CachedField | undefined;
    if (found) return found;
    return { id: Number(add.run(session, path, lane, types).lastInsertRowid), read: 0, wall: null };
  }

  /** What was read belongs to another capture. */
  forget(id: number): void {
    this.#db.exec(`DELETE FROM bucket WHERE field = ${id}; DELETE FROM state WHERE field = ${id}`);
    this.progress(id, 0, null);
  }

  progress(id: number, read: number, wall: number | null): void {
    this.#statements.progress.run(read, wall, id);
  }

  save(id: number, level: number, bucket: number, { count, least, most, sum, first, last }: FieldBucket): void {
    this.#statements.save.run(id, level, bucket, count, least, most, sum, first, last);
  }

  load(id: number, level: number, bucket: number): FieldBucket | undefined {
    const [row] = this.buckets(id, level, bucket, bucket + 1);
    return row?.[1];
  }

  /** From `from` to below `to`. */
  buckets(id: number, level: number, from: number, to: number): (readonly [bucket: number, FieldBucket])[] {
    const rows = this.#statements.range.all(id, level, from, to) as unknown as Row[];
    return rows.map(([bucket, ...values]) => [bucket, new FieldBucket(...values)]);
  }

  states(id: number): [value: number, name: string][] {
    return this.#statements.states.all(id) as unknown as [number, string][];
  }

  addState(id: number, value: number, name: string): void {
    this.#statements.addState.run(id, value, name);
  }

  /** All or nothing. */
  together(write: () => void): void {
    this.#db.exec('BEGIN');
    try {
      write();
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#db.close();
  }
}

function prepare(db: DatabaseSync) {
  const arrays = (statement: StatementSync) => {
    statement.setReturnArrays(true);
    return statement;
  };
  return {
    find: db.prepare('SELECT id, read, wall FROM field WHERE session = ? AND path = ? AND lane = ? AND types = ?'),
    add: db.prepare('INSERT INTO field (session, path, lane, types, read) VALUES (?, ?, ?, ?, 0)'),
    progress: db.prepare('UPDATE field SET read = ?, wall = ? WHERE id = ?'),
    save: db.prepare('INSERT OR REPLACE INTO bucket VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    range: arrays(
      db.prepare(
        'SELECT bucket, count, least, most, sum, first, last FROM bucket WHERE field = ? AND level = ? AND bucket >= ? AND bucket < ?',
      ),
    ),
    states: arrays(db.prepare('SELECT value, name FROM state WHERE field = ? ORDER BY value')),
    addState: db.prepare('INSERT OR REPLACE INTO state VALUES (?, ?, ?)'),
  };
}

/** Undefined if it is broken, of another version, or can't be written. */
function tryOpen(file: string): FieldCache | undefined {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { timeout: 0 });
    // It holds nothing that couldn't be read again, so nobody waits for the disk.
    db.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF');
    const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (version === 0) made(db);
    else if (version !== VERSION) throw new Error(`The cache has version ${version}.`);
    return new FieldCache(db);
  } catch {
    db?.close();
    return undefined;
  }
}

function made(db: DatabaseSync): DatabaseSync {
  db.exec(TABLES);
  return db;
}
