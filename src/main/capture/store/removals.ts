import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { LogRow } from '../../../shared/log.ts';

/** What retention has removed from the start of a session's log. */
export interface Removal {
  /** How many: all records with a lower number. */
  readonly records: number;
  /** Wall clock of the last removal, in µs since 1970. */
  readonly at: number;
}

export class Removals {
  readonly #find: StatementSync;

  constructor(db: DatabaseSync) {
    this.#find = db.prepare('SELECT records, at FROM removal WHERE session = ?');
  }

  of(session: number): Removal | undefined {
    return this.#find.get(session) as Removal | undefined;
  }
}

export const removedRecord = (session: number, seq: number): string =>
  `Record ${seq} of session ${session} was removed by retention.`;

/** The row that stands for everything removed; `mono` is that of the first remaining record. */
export function noticeRow({ records, at }: Removal, mono: number): LogRow {
  const n = (count: number) => count.toLocaleString('en-US');
  const what = records === 1 ? '1 record was' : `${n(records)} records were`;
  return {
    seq: records - 1,
    kind: 'notice',
    lane: null,
    direction: null,
    wall: at,
    mono,
    size: 0,
    code: null,
    detail: `${what} removed by retention (#0–#${n(records - 1)}), as configured in the settings.`,
    count: 1,
    delta: null,
    reply: null,
    preview: new Uint8Array(),
    unreadMicros: null,
    mark: null,
    note: null,
    run: null,
  };
}
