import type { TermOf } from '../../../shared/filter/filter.ts';
import { FieldMatcher } from '../../match/field-matcher.ts';
import { storedLane } from '../store/codes.ts';
import { ChunkReader, type ReadChunk } from './chunk-reader.ts';
import type { Mask } from './mask.ts';
import type { ChunkRange, Piece } from './pieces.ts';
import type { PayloadSearch, SearchPlace } from './search-term.ts';
import { UniformPayloads } from './uniform.ts';

/** Scans a field of a session's messages, each read as the type bound to it. */
export class FieldScan implements PayloadSearch {
  readonly #chunks: ChunkReader;
  readonly #matcher: FieldMatcher;
  readonly #uniform: UniformPayloads;

  constructor({ db, session, types }: SearchPlace, term: TermOf<'field'>) {
    this.#chunks = new ChunkReader(db, session);
    this.#uniform = new UniformPayloads(db, session);
    const row = db.prepare('SELECT section FROM session WHERE id = ?').get(session);
    this.#matcher = new FieldMatcher(term, types, String(row?.section ?? ''));
  }

  scan(piece: Piece, among: Mask | undefined, found: Mask): void {
    for (const chunk of this.#chunks.read(piece, among)) this.#chunk(chunk, piece.from, among, found);
  }

  #chunk({ chunk, bytes }: ReadChunk, from: number, among: Mask | undefined, found: Mask): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (this.#inSteps(chunk, view, from, among, found)) return;
    for (const [seq, offset, size, lane] of this.#chunks.messages(chunk)) {
      const at = seq - from;
      if (among?.[at] === 0 || offset + size > bytes.length) continue;
      if (this.#matcher.passes(view, offset, offset + size, storedLane(lane))) found[at] = 1;
    }
  }

  /** Scans a chunk of equally sized messages without reading their records; false if it isn't one. */
  #inSteps(chunk: ChunkRange, view: DataView, from: number, among: Mask | undefined, found: Mask): boolean {
    const { start, first, end } = chunk;
    const uniform = this.#uniform.upTo(end);
    const passes = uniform && this.#matcher.ofAll(uniform.lanes);
    if (!passes) return false;
    const { size } = uniform;
    const count = view.byteLength / size;
    // With payloads this densely packed, none is left out if the last one has the last number.
    if (!this.#chunks.isAt(start + count - 1, chunk, view.byteLength - size)) return false;
    for (let seq = first; seq < Math.min(end, start + count); seq++) {
      const at = (seq - start) * size;
      if (among?.[seq - from] !== 0 && passes(view, at, at + size)) found[seq - from] = 1;
    }
    return true;
  }
}
