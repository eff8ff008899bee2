import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Records looked at in one go, a few ms. */
const SLICE = 20_000;

/** How much of a session's log can be read. */
export interface Readable {
  readonly session: number;
  /** One more than the number of the last record before the damage. */
  readonly end: number;
  /** Records after it, null when their number isn't known. */
  readonly lost: number | null;
}

/**
 * Lets every further question of this connection see only what can be read, and never touch what can't: a temporary copy takes the
 * place of the table of records. The file is not changed. Throws SQLite's error when there is no room for the copy.
 */
export async function hideDamage(
  db: DatabaseSync,
  sessions: readonly number[],
  damage: readonly Readable[],
): Promise<void> {
  // It forbids temporary tables too.
  db.exec(`
    PRAGMA query_only = FALSE;
    CREATE TEMP TABLE record AS SELECT * FROM main.record LIMIT 0;
    CREATE UNIQUE INDEX temp.record_key ON record (session, seq)`);
  const first = db.prepare('SELECT seq FROM main.record WHERE session = ? ORDER BY seq LIMIT 1');
  const last = db.prepare('SELECT max(seq) AS seq FROM main.record WHERE session = ?');
  // A limit ends a walk where a condition would look at one record more.
  const copy = db.prepare(
    'INSERT INTO temp.record SELECT * FROM main.record WHERE session = ? AND seq >= ? ORDER BY seq LIMIT ?',
  );
  for (const session of sessions) {
    const found = damage.find((damaged) => damaged.session === session);
    const end = found?.end ?? ((last.get(session)?.seq as number | null) ?? -1) + 1;
    if (end === 0) continue;
    for (let next = first.get(session)?.seq as number; next < end; next += SLICE) {
      copy.run(session, next, Math.min(SLICE, end - next));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/**
 * Walks through every session's records, in slices, for `limitMs`; answers those sessions in which a record can't be read. One that
 * SQLite can't even begin to read is answered with nothing readable.
 */
export async function findDamage(db: DatabaseSync, sessions: readonly number[], limitMs: number): Promise<Readable[]> {
  const until = performance.now() + limitMs;
  // The sum touches what stands at the end of each record, so that the whole of it is read.
  const walk = db.prepare(
    'SELECT max(seq) AS last, sum(length(detail)) FROM (SELECT seq, detail FROM record WHERE session = ? AND seq >= ? ORDER BY seq LIMIT ?)',
  );
  const damaged: Readable[] = [];
  for (const session of sessions) {
    const end = await readableEnd(walk, session, until);
    if (end === undefined) continue;
    const last = attempt(
      () => db.prepare('SELECT max(seq) AS last FROM record WHERE session = ?').get(session)?.last as number,
    );
    damaged.push({ session, end, lost: last === undefined ? null : Math.max(0, last + 1 - end) });
  }
  return damaged;
}

/** Undefined when all can be read. */
async function readableEnd(walk: StatementSync, session: number, until: number): Promise<number | undefined> {
  let next = 0;
  for (let slice = SLICE; ; ) {
    if (slice === SLICE && performance.now() > until) return undefined;
    const last = attempt(() => walk.get(session, next, slice)?.last as number | null);
    if (last === null) return undefined;
    if (last !== undefined) next = last + 1;
    else if (slice === 1) return next;
    else slice = Math.ceil(slice / 10);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
