import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { KIND_CODES } from '../store/codes.ts';
import type { Mask } from './mask.ts';
import type { ChunkRange, Piece } from './pieces.ts';

/** Where a chunk's payloads are, in order. */
export type Layout = readonly (readonly [seq: number, offset: number, size: number])[];

/** A chunk's bytes; the buffer is its own. */
export interface ReadChunk {
  readonly chunk: ChunkRange;
  readonly bytes: Buffer<ArrayBuffer>;
}

/** Where its messages are, in order. */
type Messages = readonly (readonly [seq: number, offset: number, size: number, lane: number | null])[];

const ALL = -1;

/** Reads a session's chunks, and where their payloads are. */
export class ChunkReader {
  readonly #session: number;
  readonly #data: StatementSync;
  readonly #layout: StatementSync;
  readonly #messages: StatementSync;
  readonly #place: StatementSync;

  constructor(db: DatabaseSync, session: number) {
    this.#session = session;
    this.#data = db.prepare('SELECT data FROM chunk WHERE id = ?');
    this.#layout = db.prepare(
      `SELECT seq, offset, size FROM record
       WHERE session = ? AND seq >= ? AND seq < ? AND chunk = ? AND offset + size > ? ORDER BY seq LIMIT ?`,
    );
    this.#layout.setReturnArrays(true);
    this.#messages = db.prepare(
      `SELECT seq, offset, size, lane FROM record
       WHERE session = ? AND seq >= ? AND seq < ? AND chunk = ? AND kind = ${KIND_CODES.message} ORDER BY seq`,
    );
    this.#messages.setReturnArrays(true);
    this.#place = db.prepare('SELECT 1 FROM record WHERE session = ? AND seq = ? AND chunk = ? AND offset = ?');
  }

  /** The piece's chunks that can hold payloads of `among`. */
  *read(piece: Piece, among: Mask | undefined): Generator<ReadChunk> {
    for (const chunk of piece.chunks) {
      if (among && !among.subarray(chunk.first - piece.from, chunk.end - piece.from).includes(1)) continue;
      const row = this.#data.get(chunk.id) as { data: Uint8Array<ArrayBuffer> } | undefined;
      if (row) yield { chunk, bytes: Buffer.from(row.data.buffer, row.data.byteOffset, row.data.byteLength) };
    }
  }

  messages({ id, first, end }: ChunkRange): Messages {
    return this.#messages.all(this.#session, first, end, id) as unknown as Messages;
  }

  /** Whether the payload of a record is there. */
  isAt(seq: number, { id }: ChunkRange, offset: number): boolean {
    return this.#place.get(this.#session, seq, id, offset) !== undefined;
  }

  /** From the payload that ends after `offset` on; the first `limit` of it, or all. */
  layout({ id, first, end }: ChunkRange, offset = 0, limit = ALL): Layout {
    return this.#layout.all(this.#session, first, end, id, offset, limit) as unknown as Layout;
  }
}
