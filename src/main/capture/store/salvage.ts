import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Records read at once, a few ms. */
const SLICE = 20_000;

/** How much of a session's log can be read. */
export interface Readable {
  readonly session: number;
  /** One more than the number of the last record before the damage. */
  readonly end: number;
  /** Records after it; null if their number is unknown. */
  readonly lost: number | null;
}

/**
 * Makes every further query of this connection see only what can be read, and never touch the rest: a temporary copy
 * replaces the table of records, atomically. The file isn't changed. Throws SQLite's error if there is no room for the
 * copy, and the signal's reason when stopped.
 */
export async function hideDamage(
  db: DatabaseSync,
  sessions: readonly number[],
  damage: readonly Readable[],
  signal: AbortSignal,
): Promise<void> {
  // It forbids temporary tables too.
  db.exec(`
    PRAGMA query_only = FALSE;
    CREATE TEMP TABLE readable AS SELECT * FROM record LIMIT 0;
    CREATE UNIQUE INDEX temp.readable_key ON readable (session, seq)`);
  const first = db.prepare('SELECT seq FROM main.record WHERE session = ? ORDER BY seq LIMIT 1');
  const last = db.prepare('SELECT max(seq) AS seq FROM main.record WHERE session = ?');
  // A limit ends a scan before a condition would read one more record.
  const copy = db.prepare(
    'INSERT INTO temp.readable SELECT * FROM record WHERE session = ? AND seq >= ? ORDER BY seq LIMIT ?',
  );
  for (const session of sessions) {
    const found = damage.find((damaged) => damaged.session === session);
    const end = found?.end ?? ((last.get(session)?.seq as number | null) ?? -1) + 1;
    if (end === 0) continue;
    for (let next = first.get(session)?.seq as number; next < end; next += SLICE) {
      copy.run(session, next, Math.min(SLICE, end - next));
      await turn();
      signal.throwIfAborted();
    }
  }
  db.exec('DROP VIEW IF EXISTS temp.record; ALTER TABLE temp.readable RENAME TO record');
}

/** Walks through sessions' records, in slices, and finds the sessions with an unreadable one. */
export class Inspection {
  /** If SQLite can't even start to read it, nothing of it is readable. */
  readonly damage: Readable[] = [];
  readonly #walk: StatementSync;
  readonly #last: StatementSync;
  readonly #left: number[];
  #next = 0;
  #slice = SLICE;

  constructor(db: DatabaseSync, sessions: readonly number[]) {
    // The sum touches the end of each record, so that all of it is read.
    this.#walk = db.prepare(
      'SELECT max(seq) AS last, sum(length(detail)) FROM (SELECT seq, detail FROM main.record WHERE session = ? AND seq >= ? ORDER BY seq LIMIT ?)',
    );
    this.#last = db.prepare('SELECT max(seq) AS last FROM main.record WHERE session = ?');
    this.#left = [...sessions];
  }

  /**
   * Checks `slices` more, or everything once it has found something; returns whether all was checked. Throws the
   * signal's reason when stopped.
   */
  async run(slices: number, signal: AbortSignal): Promise<boolean> {
    for (let left = slices; this.#left[0] !== undefined; left--) {
      if (left <= 0 && this.damage.length === 0 && this.#slice === SLICE) return false;
      if (this.#look(this.#left[0])) this.#goOn();
      await turn();
      signal.throwIfAborted();
    }
    return true;
  }

  /**
   * One slice, smaller and smaller around what can't be read. True at the end of the session, or where reading can't go
   * on.
   */
  #look(session: number): boolean {
    const last = attempt(() => this.#walk.get(session, this.#next, this.#slice)?.last as number | null);
    if (last === null) return true;
    if (last !== undefined) this.#next = last + 1;
    else if (this.#slice > 1) this.#slice = Math.ceil(this.#slice / 10);
    else {
      const all = attempt(() => this.#last.get(session)?.last as number);
      const lost = all === undefined ? null : Math.max(0, all + 1 - this.#next);
      this.damage.push({ session, end: this.#next, lost });
      return true;
    }
    return false;
  }

  #goOn(): void {
    this.#left.shift();
    this.#next = 0;
    this.#slice = SLICE;
  }
}

/** Lets other requests be answered. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
