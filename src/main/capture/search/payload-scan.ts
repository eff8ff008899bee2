import type { SearchTarget } from '../../match/finder.ts';
import { ChunkReader, type Layout } from './chunk-reader.ts';
import type { Mask } from './mask.ts';
import type { Piece } from './pieces.ts';
import type { PayloadSearch, SearchPlace } from './search-term.ts';

/** Reads the layout from the payload that ends after `offset` on; the first `limit` of it. */
type LayoutFrom = (offset: number, limit: number) => Layout;
const ALL = -1;

/** Searches the payloads of a session's records for something that has a position in the bytes. */
export class PayloadScan implements PayloadSearch {
  readonly #chunks: ChunkReader;
  readonly #ways: readonly SearchTarget[];

  /** @param ways a match of any of them counts */
  constructor({ db, session }: SearchPlace, ways: readonly SearchTarget[]) {
    this.#chunks = new ChunkReader(db, session);
    this.#ways = ways;
  }

  scan(piece: Piece, among: Mask | undefined, found: Mask): void {
    const isWanted = (seq: number) => among?.[seq - piece.from] !== 0;
    const mark = (seq: number) => {
      found[seq - piece.from] = 1;
    };
    for (const { chunk, bytes } of this.#chunks.read(piece, among)) {
      const layout: LayoutFrom = (offset, limit) => this.#chunks.layout(chunk, offset, limit);
      for (const sought of this.#ways)
        if (!sought.mayBeIn || sought.mayBeIn(bytes)) findHits(sought, bytes, layout, isWanted, mark);
    }
  }
}

/** A match counts if it lies within one payload. */
function findHits(
  { finder, confirm }: SearchTarget,
  bytes: Buffer,
  layoutFrom: LayoutFrom,
  isWanted: (seq: number) => boolean,
  found: (seq: number) => void,
): void {
  let hit = finder.find(bytes, 0);
  // Most chunks with a match have one: finding its payload alone is much faster than reading all of them.
  for (const limit of [1, ALL]) {
    if (!hit) return;
    for (const [seq, offset, size] of layoutFrom(hit.start, limit)) {
      const end = offset + size;
      if (hit.start < offset) hit = finder.find(bytes, offset);
      // One that reaches into the next payload may hide another that doesn't.
      while (hit && hit.start < end && hit.end > end) hit = finder.find(bytes, hit.start + 1);
      if (!hit) return;
      if (hit.start >= end) continue;
      if (isWanted(seq) && (!confirm || confirm(bytes.subarray(offset, end)))) found(seq);
      hit = finder.find(bytes, end);
      if (!hit) return;
    }
  }
}
