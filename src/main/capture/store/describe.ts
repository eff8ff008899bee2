import { lstatSync, readdirSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import * as v from 'valibot';
import { type CapturedSessionInfo, type CaptureInfo, captureFileSchema } from '../../../shared/captures.ts';
import { LANES } from '../../../shared/domain.ts';
import { type Failure, ShmscopeError } from '../../../shared/failure.ts';
import { COUNTERS, type Counter } from '../../../shared/record-kind.ts';
import type { SessionCounts } from '../../../shared/session-counts.ts';
import { viewpointSchema } from '../../../shared/session-kind.ts';
import { TOP } from './levels.ts';
import { openForReading, readFailure } from './open-file.ts';
import { isDamage } from './reasons.ts';
import { versionOf } from './schema.ts';
import { readTitle } from './title.ts';

/** The most sessions of a file that are listed. */
const MAX_SESSIONS = 10_000;

const SESSIONS = `
  SELECT id AS session, role, section, event_s2c AS eventS2c, event_c2s AS eventC2s, opened_at AS openedAt,
    (SELECT max(seq) + 1 FROM record WHERE session = id) AS records,
    (SELECT wall FROM record WHERE session = id ORDER BY seq DESC LIMIT 1) AS lastAt,
    (SELECT mono FROM record WHERE session = id ORDER BY seq DESC LIMIT 1) AS lasted
  FROM session ORDER BY id LIMIT ${MAX_SESSIONS}`;
const TOTALS = [...LANES.flatMap((lane) => [`messages_${lane}`, `bytes_${lane}`]), ...COUNTERS];
const COUNTS = `
  SELECT ${TOTALS.map((column) => `total(${column}) AS ${column}`).join(', ')}
  FROM bucket WHERE session = ? AND level = ${TOP}`;

export interface SessionDescription extends CapturedSessionInfo {
  readonly eventS2c: string;
  readonly eventC2s: string;
  /** When its last record was made, in µs since 1970; null without one. */
  readonly lastAt: number | null;
  /** µs from the beginning to that record; null without one. */
  readonly lasted: number | null;
}

/**
 * The sessions of a capture. Throws ShmscopeError `capture-damaged` for what no capture can hold, else SQLite's error.
 */
export function readSessions(db: DatabaseSync): SessionDescription[] {
  const counts = versionOf(db) >= 2 ? db.prepare(COUNTS) : undefined;
  const removed = db.prepare('SELECT records FROM removal WHERE session = ?');
  const sessions = db.prepare(SESSIONS).all() as unknown as Omit<SessionDescription, 'removed' | 'counts'>[];
  return sessions.map((session) => {
    if (!v.is(viewpointSchema, session.role))
      throw new ShmscopeError(
        'capture-damaged',
        `Session ${session.session} of the capture has a role that this version doesn't know.`,
      );
    return {
      ...session,
      records: session.records ?? 0,
      removed: (removed.get(session.session)?.records as number | undefined) ?? 0,
      counts: countsOf(counts, session.session),
    };
  });
}

/** null if the file has none, or none that can be read: the records may still be intact. */
function countsOf(counts: StatementSync | undefined, session: number): SessionCounts | null {
  try {
    return counts ? countsIn(counts.get(session) as Record<string, number>) : null;
  } catch (error) {
    if (isDamage(error)) return null;
    throw error;
  }
}

function countsIn(row: Record<string, number>): SessionCounts {
  const byLane = (what: string) => ({ s2c: row[`${what}_s2c`] ?? 0, c2s: row[`${what}_c2s`] ?? 0 });
  const counters = Object.fromEntries(COUNTERS.map((counter) => [counter, row[counter] ?? 0]));
  return { ...(counters as Record<Counter, number>), messages: byLane('messages'), bytes: byLane('bytes') };
}

/** A file's entry in the list; a faulty one says what is wrong. */
export function describe(path: string, state: CaptureInfo['state']): CaptureInfo {
  const { bytes, createdMs, writtenMs } = fileSize(path);
  const times = { createdAt: Math.round(createdMs * 1000), writtenAt: Math.round(writtenMs * 1000) };
  return { file: basename(path), bytes, ...times, state, ...content(path) };
}

/** Size and times of a capture including its WAL. Throws the file system's error. */
export function fileSize(path: string): {
  readonly bytes: number;
  readonly createdMs: number;
  readonly writtenMs: number;
} {
  const stat = lstatSync(path);
  const wal = statSync(`${path}-wal`, { throwIfNoEntry: false });
  // Reading a capture creates an empty WAL beside it.
  const walMs = wal?.size ? wal.mtimeMs : 0;
  return { bytes: stat.size + (wal?.size ?? 0), createdMs: stat.birthtimeMs, writtenMs: Math.max(stat.mtimeMs, walMs) };
}

function content(path: string): Pick<CaptureInfo, 'title' | 'sessions' | 'problem'> {
  let db: DatabaseSync | undefined;
  try {
    const opened = openForReading(path);
    db = opened.db;
    const problem = opened.cutOff ? cutOffFailure(path) : null;
    const sessions = readSessions(db).map(
      ({ eventS2c: _, eventC2s: __, lastAt: ___, lasted: ____, ...session }) => session,
    );
    return { title: readTitle(db), sessions, problem };
  } catch (error) {
    return { title: null, sessions: [], problem: readFailure(path, error).failure };
  } finally {
    db?.close();
  }
}

export function cutOffFailure(path: string): Failure {
  const message = `${basename(path)} is truncated: the file is shorter than when it was written. Everything before the cut can be read.`;
  return { code: 'capture-damaged', message };
}

/**
 * Names of the captures in a folder, newest first, as they are named by time; links and anything that isn't a file are
 * left out.
 */
export function capturesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && v.is(captureFileSchema, entry.name))
    .map(({ name }) => name)
    .sort()
    .reverse();
}
