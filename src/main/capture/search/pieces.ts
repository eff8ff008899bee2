import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { CHUNK_BYTES } from '../store/schema.ts';

/** The most records of a piece. */
const PIECE_RECORDS = 16_384;
/** Payload bytes after which a piece ends; a single chunk may have more. */
const PIECE_BYTES = 2 * 1024 * 1024;
const PIECE_CHUNKS = 256;

/** A chunk and the records, from `first` to below `end`, whose payloads may be in it. */
export interface ChunkRange {
  readonly id: number;
  /** Of its first payload. */
  readonly start: number;
  readonly first: number;
  readonly end: number;
}

/** Records from `from` to below `to`, scanned in one step. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly chunks: readonly ChunkRange[];
}

interface ChunkRow {
  readonly id: number;
  readonly first: number;
  readonly bytes: number;
}

/** Splits a session's records into pieces at chunk boundaries. */
export class Pieces {
  readonly #session: number;
  readonly #chunks: StatementSync;

  constructor(db: DatabaseSync, session: number) {
    this.#session = session;
    this.#chunks = db.prepare(
      `SELECT id, first_seq AS first, length(data) AS bytes FROM chunk
       WHERE session = ?1 AND first_seq < ?3 AND first_seq >=
         coalesce((SELECT max(first_seq) FROM chunk WHERE session = ?1 AND first_seq <= ?2), 0)
       ORDER BY first_seq LIMIT ${PIECE_CHUNKS + 1}`,
    );
  }

  /** The piece that begins at `from` and ends at `limit` at the latest. */
  withChunks(from: number, limit: number): Piece {
    const to = Math.min(limit, from + PIECE_RECORDS);
    const rows = this.#chunks.all(this.#session, from, to) as unknown as ChunkRow[];
    return cut(from, to, rows);
  }

  withoutChunks(from: number, limit: number): Piece {
    return { from, to: Math.min(limit, from + PIECE_RECORDS), chunks: [] };
  }
}

function cut(from: number, limit: number, rows: readonly ChunkRow[]): Piece {
  const chunks: ChunkRange[] = [];
  let bytes = 0;
  for (const [index, row] of rows.entries()) {
    if ((bytes >= PIECE_BYTES || index === PIECE_CHUNKS) && row.first > from) return { from, to: row.first, chunks };
    const end = row.bytes > CHUNK_BYTES ? row.first + 1 : (rows[index + 1]?.first ?? limit);
    if (end <= from) continue;
    chunks.push({ id: row.id, start: row.first, first: Math.max(row.first, from), end: Math.min(end, limit) });
    bytes += row.bytes;
  }
  return { from, to: limit, chunks };
}
