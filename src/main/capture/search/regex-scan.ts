import type { DatabaseSync } from 'node:sqlite';
import { ChunkReader, type ReadChunk } from './chunk-reader.ts';
import type { Mask } from './mask.ts';
import type { Piece } from './pieces.ts';
import type { Payloads, RegexNeedle, RegexTask } from './regex-matcher.ts';

/** Has the payloads of a task matched; `from` is the first record that is looked at. Rejects when that takes too long or is stopped. */
export type MatchRegex = (task: RegexTask, from: number) => Promise<Uint32Array>;

/** Looks with a regular expression through the payloads of a session's records. */
export class RegexScan {
  readonly #chunks: ChunkReader;
  readonly #needle: RegexNeedle;
  readonly #match: MatchRegex;

  constructor(db: DatabaseSync, session: number, needle: RegexNeedle, match: MatchRegex) {
    this.#chunks = new ChunkReader(db, session);
    this.#needle = needle;
    this.#match = match;
  }

  /** Marks in `found` the records out of `among` whose payload matches. */
  async scan(piece: Piece, among: Mask | undefined, found: Mask): Promise<void> {
    const isWanted = (seq: number) => among?.[seq - piece.from] !== 0;
    const chunks = [...this.#chunks.read(piece, among)];
    const payloads = chunks.map((chunk) => this.#wanted(chunk, isWanted)).filter(({ places }) => places.length > 0);
    if (payloads.length === 0) return;
    const seqs = await this.#match({ needle: this.#needle, payloads }, piece.from);
    for (const seq of seqs) found[seq - piece.from] = 1;
  }

  #wanted({ chunk, bytes }: ReadChunk, isWanted: (seq: number) => boolean): Payloads {
    const layout = this.#chunks.layout(chunk).filter(([seq]) => isWanted(seq));
    const places = layout.flatMap(([seq, offset, size]) => [seq, offset, offset + size]);
    return { bytes, places: Uint32Array.from(places) };
  }
}
