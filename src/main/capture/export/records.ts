import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SeqRange } from '../../../shared/export.ts';
import { ShmscopeError } from '../../../shared/failure.ts';
import type { SeenRecord } from '../../../shared/log.ts';
import type { Viewpoint } from '../../../shared/session-kind.ts';
import type { Encoding, EncodingChoice } from '../../../shared/text/encodings.ts';
import type { CapturedSession } from '../store/captured-session.ts';
import { loadText } from '../store/codes.ts';
import { encodingOf } from '../store/content.ts';
import { RECORD_COLUMNS, type RecordRow, recordOf, type StoredText, seenBy, Viewpoints } from '../store/record-row.ts';

/** Records read at once. */
const SLICE = 1000;

/** A record with its whole payload, valid until the next one is read. */
export interface WholeRecord extends SeenRecord {
  /** µs that a message was unread; null if unknown. */
  readonly unreadMicros: number | null;
  /** The user's note on it. */
  readonly mark: string | null;
  readonly note: string | null;
  readonly bytes: Uint8Array;
  /** The payload's encoding, and how it was chosen. */
  readonly encoding: Encoding;
  readonly readAs: EncodingChoice;
}

/** With the user's notes. */
type Row = [...RecordRow, label: StoredText, note: StoredText];

/** Reads the records of one session in order; holds only a slice of them and one chunk of payloads. */
export class RecordReader {
  readonly #session: number;
  readonly #role: Viewpoint;
  readonly #readAs: EncodingChoice;
  readonly #range: StatementSync;
  readonly #data: StatementSync;
  #chunk: number | null = null;
  #bytes = new Uint8Array();

  /** @param readAs how payloads are read */
  constructor(db: DatabaseSync, session: number, readAs: EncodingChoice = 'utf-8') {
    this.#session = session;
    this.#role = new Viewpoints(db).of(session);
    this.#readAs = readAs;
    this.#range = db.prepare(`
      SELECT ${RECORD_COLUMNS}, label, note FROM record LEFT JOIN mark USING (session, seq)
      WHERE session = ? AND seq >= ? AND seq <= ? ORDER BY seq LIMIT ${SLICE}`);
    this.#range.setReturnArrays(true);
    this.#data = db.prepare('SELECT data FROM chunk WHERE id = ?');
  }

  *read([first, last]: SeqRange): Generator<WholeRecord> {
    for (let from = first; from <= last; ) {
      const slice = this.#range.all(this.#session, from, last) as unknown as Row[];
      for (const stored of slice) yield this.#record(stored);
      const end = slice.at(-1);
      if (!end) return;
      from = end[0] + 1;
    }
  }

  #record(row: Row): WholeRecord {
    const record = recordOf(row as unknown as RecordRow);
    const bytes = this.#payload(record.chunk, record.offset, record.size);
    return {
      ...record,
      direction: seenBy(this.#role, record.lane),
      bytes,
      encoding: encodingOf(bytes, this.#readAs),
      readAs: this.#readAs,
      mark: loadText(row.at(-2) as StoredText),
      note: loadText(row.at(-1) as StoredText),
    };
  }

  #payload(chunk: number | null, offset: number, size: number): Uint8Array {
    if (chunk === null) return new Uint8Array();
    if (chunk !== this.#chunk) {
      // Release the previous one first: two of 256 MiB need not be in memory.
      this.#bytes = new Uint8Array();
      this.#bytes = (this.#data.get(chunk) as { data: Uint8Array<ArrayBuffer> }).data;
      this.#chunk = chunk;
    }
    return this.#bytes.subarray(offset, offset + size);
  }
}

/** Throws ShmscopeError `no-such-session`. */
export function sessionOf(db: DatabaseSync, id: number): CapturedSession {
  const row = db.prepare('SELECT role, section, event_s2c, event_c2s, opened_at FROM session WHERE id = ?').get(id) as
    | Record<string, string | number>
    | undefined;
  if (!row) throw new ShmscopeError('no-such-session', `Session ${id} is not in this capture.`);
  return {
    id,
    role: row.role as Viewpoint,
    section: row.section as string,
    eventS2c: row.event_s2c as string,
    eventC2s: row.event_c2s as string,
    openedAt: row.opened_at as number,
  };
}
