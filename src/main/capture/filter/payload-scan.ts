import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { compileRegex } from '../../../shared/filter/filter.ts';
import { codecOf } from '../../../shared/text/codec.ts';
import { type EncodingChoice, guessEncoding } from '../../../shared/text/encodings.ts';
import { looseText } from '../content.ts';
import { type Sought, soughtOf } from './finder.ts';
import type { Mask } from './mask.ts';
import type { ChunkRange, Piece } from './pieces.ts';
import type { Needle } from './plan.ts';

/** Bytes at the beginning of a payload that a regular expression sees. */
export const REGEX_BYTES = 1024 * 1024;
/** Most bytes of a character that reaches beyond them. */
const MOST_CUT = 4;

/** Where the payloads of a chunk stand, in order. */
type Layout = readonly (readonly [seq: number, offset: number, size: number])[];

/** Reads the layout from the payload on that ends behind `offset`; the first `limit` of it. */
type LayoutFrom = (offset: number, limit: number) => Layout;
const ALL = -1;

/** Looks through a chunk. */
type Search = (
  bytes: Buffer,
  layout: LayoutFrom,
  wanted: (seq: number) => boolean,
  found: (seq: number) => void,
) => void;

/** Looks through the payloads of a session's records. */
export class PayloadScan {
  readonly #session: number;
  readonly #data: StatementSync;
  readonly #layout: StatementSync;
  readonly #search: Search;

  constructor(db: DatabaseSync, session: number, needle: Needle) {
    this.#session = session;
    this.#data = db.prepare('SELECT data FROM chunk WHERE id = ?');
    this.#layout = db.prepare(
      `SELECT seq, offset, size FROM record
       WHERE session = ? AND seq >= ? AND seq < ? AND chunk = ? AND offset + size > ? ORDER BY seq LIMIT ?`,
    );
    this.#layout.setReturnArrays(true);
    if (needle.type === 'regex') {
      const regex = compileRegex(needle);
      const { encoding = 'utf-8' } = needle;
      const matches = (payload: Buffer) => regex.test(beginning(payload, encoding));
      this.#search = (bytes, layout, wanted, found) => matchEach(matches, bytes, layout(0, ALL), wanted, found);
    } else {
      const ways = soughtOf(needle);
      this.#search = (bytes, layout, wanted, found) => {
        for (const sought of ways)
          if (!sought.mayBeIn || sought.mayBeIn(bytes)) findHits(sought, bytes, layout, wanted, found);
      };
    }
  }

  /** Marks in `found` the records out of `among` whose payload has a hit. */
  scan(piece: Piece, among: Mask | undefined, found: Mask): void {
    for (const chunk of piece.chunks) {
      const isWanted = (seq: number) => among?.[seq - piece.from] !== 0;
      if (among && !among.subarray(chunk.first - piece.from, chunk.end - piece.from).includes(1)) continue;
      const row = this.#data.get(chunk.id) as { data: Uint8Array } | undefined;
      if (!row) continue;
      const layout: LayoutFrom = (offset, limit) => this.#layoutOf(chunk, offset, limit);
      const bytes = Buffer.from(row.data.buffer, row.data.byteOffset, row.data.byteLength);
      this.#search(bytes, layout, isWanted, (seq) => {
        found[seq - piece.from] = 1;
      });
    }
  }

  #layoutOf({ id, first, end }: ChunkRange, offset: number, limit: number): Layout {
    return this.#layout.all(this.#session, first, end, id, offset, limit) as unknown as Layout;
  }
}

/** A hit counts when it lies within one payload. */
function findHits(
  { finder, confirm }: Sought,
  bytes: Buffer,
  layoutFrom: LayoutFrom,
  isWanted: (seq: number) => boolean,
  found: (seq: number) => void,
): void {
  let hit = finder.find(bytes, 0);
  // Most chunks that have a hit have one: its payload alone is found much faster than all of them are read.
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

function matchEach(
  matches: (payload: Buffer) => boolean,
  bytes: Buffer,
  layout: Layout,
  isWanted: (seq: number) => boolean,
  found: (seq: number) => void,
): void {
  for (const [seq, offset, size] of layout) {
    if (!isWanted(seq)) continue;
    if (matches(bytes.subarray(offset, offset + size))) found(seq);
  }
}

/** What a regular expression sees of a payload, without a character that the end would cut. */
function beginning(payload: Buffer, choice: EncodingChoice): string {
  const encoding = choice === 'auto' ? guessEncoding(payload, payload.length) : choice;
  if (payload.length <= REGEX_BYTES) return looseText(payload, encoding);
  const end = codecOf(encoding).characterStart(payload.subarray(0, REGEX_BYTES + MOST_CUT), REGEX_BYTES);
  return looseText(payload.subarray(0, end), encoding);
}
