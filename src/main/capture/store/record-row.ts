import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Anomaly, Lane } from '../../../shared/domain.ts';
import type { FailureCode } from '../../../shared/failure.ts';
import type { RecordHead } from '../../../shared/log.ts';
import { directionOf, type LaneView, type Viewpoint } from '../../../shared/session-kind.ts';
import { loadText, storedKind, storedLane } from './codes.ts';

/** The columns that a {@link RecordRow} is read from; more may follow. */
export const RECORD_COLUMNS = 'seq, kind, lane, wall, mono, size, code, detail, count, unread, chunk, offset';

export type StoredText = string | Uint8Array | null;

/** A row of the table as an array: SQLite's objects take twice the time. */
export type RecordRow = [
  ...[seq: number, kind: number, lane: number | null, wall: number, mono: number, size: number],
  ...[code: string | null, detail: StoredText, count: number, unread: number | null],
  ...[chunk: number | null, offset: number],
];

/** A record as it is stored in the file. */
export interface StoredRecord extends RecordHead {
  readonly unreadMicros: number | null;
  /** Where its payload is; null without one. */
  readonly chunk: number | null;
  readonly offset: number;
}

/** Throws `RangeError` for what no version of the format can have written. */
export function recordOf(row: RecordRow): StoredRecord {
  const [seq, kind, lane, wall, mono, size, code, detail, count, unreadMicros, chunk, offset] = row;
  return {
    seq,
    kind: storedKind(kind),
    lane: storedLane(lane),
    wall,
    mono,
    size,
    code: code as Anomaly | FailureCode | null,
    detail: loadText(detail),
    count,
    unreadMicros,
    chunk,
    offset,
  };
}

/** Tells how the sessions of a capture saw their lanes. */
export class Viewpoints {
  readonly #role: StatementSync;

  constructor(db: DatabaseSync) {
    this.#role = db.prepare('SELECT role FROM session WHERE id = ?');
  }

  /** A server's view if the capture has no such session. */
  of(session: number): Viewpoint {
    return (this.#role.get(session)?.role as Viewpoint | undefined) ?? 'server';
  }
}

/** A lane as its session saw it. */
export const seenBy = (role: Viewpoint, lane: Lane | null): LaneView | null => lane && directionOf(role, lane);
