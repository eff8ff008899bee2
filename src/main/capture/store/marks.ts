import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ShmscopeError } from '../../../shared/failure.ts';
import { MAX_MARKS, type Mark, type SetMark, type SetNote } from '../../../shared/marks.ts';
import { loadText, storeText } from './codes.ts';
import { Removals, removedRecord } from './removals.ts';

type Stored = string | Uint8Array | null;

/** Writes the user's marks and notes. */
export class MarkWriter {
  readonly #removals: Removals;
  readonly #record: StatementSync;
  readonly #label: StatementSync;
  readonly #note: StatementSync;
  readonly #clean: StatementSync;

  constructor(db: DatabaseSync) {
    this.#removals = new Removals(db);
    this.#record = db.prepare('SELECT 1 FROM record WHERE session = ? AND seq = ?');
    const set = (column: string) =>
      db.prepare(
        `INSERT INTO mark (session, seq, ${column}) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET ${column} = excluded.${column}`,
      );
    this.#label = set('label');
    this.#note = set('note');
    this.#clean = db.prepare('DELETE FROM mark WHERE session = ? AND seq = ? AND label IS NULL AND note IS NULL');
  }

  /** Throws ShmscopeError `no-such-record`, or SQLite's error. */
  setMark({ session, seq, label }: SetMark): void {
    this.#set(this.#label, session, seq, label);
  }

  /** Throws ShmscopeError `no-such-record`, or SQLite's error. */
  setNote({ session, seq, text }: SetNote): void {
    this.#set(this.#note, session, seq, text);
  }

  #missing(session: number, seq: number): ShmscopeError {
    const removed = this.#removals.of(session)?.records ?? 0;
    return new ShmscopeError(
      'no-such-record',
      seq < removed ? removedRecord(session, seq) : `Session ${session} has no record ${seq} in the capture.`,
    );
  }

  #set(statement: StatementSync, session: number, seq: number, text: string | null): void {
    if (text !== null && !this.#record.get(session, seq)) throw this.#missing(session, seq);
    statement.run(session, seq, storeText(text));
    this.#clean.run(session, seq);
  }
}

/** The records of a session that have a mark or a note, by number; the first MAX_MARKS of them. */
export function readMarks(db: DatabaseSync, session: number): Mark[] {
  const rows = db
    .prepare(`SELECT seq, label, note,
        (SELECT mono FROM record WHERE record.session = mark.session AND record.seq = mark.seq) AS mono
      FROM mark WHERE session = ? ORDER BY seq LIMIT ?`)
    .all(session, MAX_MARKS) as unknown as { seq: number; mono: number | null; label: Stored; note: Stored }[];
  return rows.map(({ seq, mono, label, note }) => ({ seq, mono, mark: loadText(label), note: loadText(note) }));
}
