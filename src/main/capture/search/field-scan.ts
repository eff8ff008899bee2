import type { TermOf } from '../../../shared/filter/filter.ts';
import { FieldMatcher } from '../../match/field-matcher.ts';
import { storedLane } from '../store/codes.ts';
import { ChunkReader, type ReadChunk } from './chunk-reader.ts';
import type { Mask } from './mask.ts';
import type { Piece } from './pieces.ts';
import type { PayloadSearch, SearchPlace } from './search-term.ts';

/** Looks at a field of the messages of a session, each read as the type that is bound to it. */
export class FieldScan implements PayloadSearch {
  readonly #chunks: ChunkReader;
  readonly #matcher: FieldMatcher;

  constructor({ db, session, types }: SearchPlace, term: TermOf<'field'>) {
    this.#chunks = new ChunkReader(db, session);
    const row = db.prepare('SELECT section FROM session WHERE id = ?').get(session);
    this.#matcher = new FieldMatcher(term, types, String(row?.section ?? ''));
  }

  scan(piece: Piece, among: Mask | undefined, found: Mask): void {
    for (const chunk of this.#chunks.read(piece, among)) this.#chunk(chunk, piece.from, among, found);
  }

  #chunk({ chunk, bytes }: ReadChunk, from: number, among: Mask | undefined, found: Mask): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const [seq, offset, size, lane] of this.#chunks.messages(chunk)) {
      const at = seq - from;
      if (among?.[at] === 0 || offset + size > bytes.length) continue;
      if (this.#matcher.passes(view, offset, offset + size, storedLane(lane))) found[at] = 1;
    }
  }
}
