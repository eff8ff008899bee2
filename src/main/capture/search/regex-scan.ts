import { requiredText, type TermOf } from '../../../shared/filter/filter.ts';
import { ChunkReader, type ReadChunk } from './chunk-reader.ts';
import type { Mask } from './mask.ts';
import type { Piece } from './pieces.ts';
import type { MatchRegex, Payloads } from './regex-matcher.ts';
import type { PayloadSearch, SearchPlace } from './search-term.ts';

/** Searches the payloads of a session's records with a regular expression. */
export class RegexScan implements PayloadSearch {
  readonly #chunks: ChunkReader;
  readonly #needle: TermOf<'regex'>;
  readonly #match: MatchRegex;
  /** Bytes that a chunk must contain to have a match; none: any chunk may have one. */
  readonly #required: Buffer;

  constructor({ db, session, match }: SearchPlace, needle: TermOf<'regex'>) {
    this.#chunks = new ChunkReader(db, session);
    this.#needle = needle;
    this.#match = match;
    this.#required = Buffer.from((needle.encoding ?? 'utf-8') === 'utf-8' ? requiredText(needle) : '');
  }

  async scan(piece: Piece, among: Mask | undefined, found: Mask): Promise<void> {
    const isWanted = (seq: number) => among?.[seq - piece.from] !== 0;
    const payloads: Payloads[] = [];
    for (const chunk of this.#chunks.read(piece, among)) {
      if (!chunk.bytes.includes(this.#required)) continue;
      const wanted = this.#wanted(chunk, isWanted);
      if (wanted.places.length > 0) payloads.push(wanted);
    }
    if (payloads.length === 0) return;
    const seqs = await this.#match({ needle: this.#needle, payloads }, piece.from);
    for (const seq of seqs) found[seq - piece.from] = 1;
  }

  #wanted({ chunk, bytes }: ReadChunk, isWanted: (seq: number) => boolean): Payloads {
    const layout = this.#chunks.layout(chunk);
    const places = new Uint32Array(3 * layout.length);
    let length = 0;
    for (const [seq, offset, size] of layout) {
      if (!isWanted(seq)) continue;
      places[length++] = seq;
      places[length++] = offset;
      places[length++] = offset + size;
    }
    return { bytes, places: places.subarray(0, length) };
  }
}
