import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Anomaly, Role } from '../../../shared/domain.ts';
import type { SeqRange } from '../../../shared/export.ts';
import { type FailureCode, ShmscopeError } from '../../../shared/failure.ts';
import type { RecordHead } from '../../../shared/log.ts';
import type { Encoding, EncodingChoice } from '../../../shared/text/encodings.ts';
import type { CapturedSession } from '../store/captured-session.ts';
import { directionOf, kindOf, loadText } from '../store/codes.ts';
import { encodingOf } from '../store/content.ts';
import { countColumn, unreadColumn, versionOf } from '../store/schema.ts';

/** Records read at once. */
const SLICE = 1000;

/** A record with its whole payload, which is good until the next one is read. */
export interface WholeRecord extends RecordHead {
  /** µs that a message stood unread; null where that is not known. */
  readonly unread: number | null;
  /** What the user wrote to it. */
  readonly mark: string | null;
  readonly note: string | null;
  readonly bytes: Uint8Array;
  /** In which the payload is read, and how that was chosen. */
  readonly encoding: Encoding;
  readonly readAs: EncodingChoice;
}

/** What captures of version 1 don't have. */
const annotated = (version: number) =>
  version >= 2
    ? 'label, note FROM record LEFT JOIN mark USING (session, seq)'
    : 'NULL AS label, NULL AS note FROM record';

type StoredText = string | Uint8Array | null;

/** A row as an array: objects of SQLite's take twice the time. */
type Stored = [
  ...[seq: number, kind: number, direction: number | null, wall: number, mono: number, size: number],
  ...[chunk: number | null, offset: number, code: string | null, detail: StoredText],
  ...[count: number, unread: number | null, label: StoredText, note: StoredText],
];

/** Reads the records of one session in order; holds no more than a slice of them and one chunk of payloads. */
export class RecordReader {
  readonly #session: number;
  readonly #readAs: EncodingChoice;
  readonly #range: StatementSync;
  readonly #data: StatementSync;
  #chunk: number | null = null;
  #bytes = new Uint8Array();

  /** @param readAs how payloads are read */
  constructor(db: DatabaseSync, session: number, readAs: EncodingChoice = 'utf-8') {
    this.#session = session;
    this.#readAs = readAs;
    this.#range = db.prepare(`
      SELECT seq, kind, direction, wall, mono, size, chunk, offset, code, detail, ${countColumn(db)}, ${unreadColumn(db)}, ${annotated(versionOf(db))}
      WHERE session = ? AND seq >= ? AND seq <= ? ORDER BY seq LIMIT ${SLICE}`);
    this.#range.setReturnArrays(true);
    this.#data = db.prepare('SELECT data FROM chunk WHERE id = ?');
  }

  *read([first, last]: SeqRange): Generator<WholeRecord> {
    for (let from = first; from <= last; ) {
      const slice = this.#range.all(this.#session, from, last) as unknown as Stored[];
      for (const stored of slice) yield this.#record(stored);
      const end = slice.at(-1);
      if (!end) return;
      from = end[0] + 1;
    }
  }

  #record(stored: Stored): WholeRecord {
    const [seq, kind, direction, wall, mono, size, chunk, offset, code, detail, count, unread, label, note] = stored;
    const bytes = this.#payload(chunk, offset, size);
    return {
      seq,
      kind: kindOf(kind),
      direction: directionOf(direction),
      wall,
      mono,
      size,
      code: code as Anomaly | FailureCode | null,
      detail: loadText(detail),
      count,
      bytes,
      encoding: encodingOf(bytes, this.#readAs),
      readAs: this.#readAs,
      unread,
      mark: loadText(label),
      note: loadText(note),
    };
  }

  #payload(chunk: number | null, offset: number, size: number): Uint8Array {
    if (chunk === null) return new Uint8Array();
    if (chunk !== this.#chunk) {
      // Let go of the last one first: two of 256 MiB need not be in memory.
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
    role: row.role as Role,
    section: row.section as string,
    eventS2c: row.event_s2c as string,
    eventC2s: row.event_c2s as string,
    openedAt: row.opened_at as number,
  };
}
