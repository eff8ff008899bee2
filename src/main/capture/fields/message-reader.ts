import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Lane } from '../../../shared/domain.ts';
import { KIND_CODES, storedLane } from '../store/codes.ts';

export interface StoredMessage {
  readonly seq: number;
  readonly lane: Lane | null;
  readonly mono: number;
  readonly size: number;
  /** A view, valid until the next message. */
  readonly bytes: Uint8Array;
}

type Row = [seq: number, lane: number | null, mono: number, size: number, chunk: number | null, offset: number];

const NONE = new Uint8Array();

/** Reads the messages of a session in order, one chunk of payloads at a time. */
export class MessageReader {
  readonly #rows: StatementSync;
  readonly #data: StatementSync;

  constructor(db: DatabaseSync) {
    this.#rows = db.prepare(
      `SELECT seq, lane, mono, size, chunk, offset FROM record
       WHERE session = ? AND seq >= ? AND seq < ? AND kind = ${KIND_CODES.message} ORDER BY seq`,
    );
    this.#rows.setReturnArrays(true);
    this.#data = db.prepare('SELECT data FROM chunk WHERE id = ?');
  }

  /** Those numbered from `from` to below `to`. */
  *read(session: number, from: number, to: number): Generator<StoredMessage> {
    let id = -1;
    let data: Uint8Array = NONE;
    for (const row of this.#rows.iterate(session, from, to)) {
      const [seq, lane, mono, size, chunk, offset] = row as unknown as Row;
      if (chunk !== null && chunk !== id) {
        data = (this.#data.get(chunk) as { data: Uint8Array } | undefined)?.data ?? NONE;
        id = chunk;
      }
      const bytes = chunk === null ? NONE : data.subarray(offset, offset + size);
      yield { seq, lane: storedLane(lane), mono, size, bytes };
    }
  }
}
