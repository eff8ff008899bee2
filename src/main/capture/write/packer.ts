import type { RecordDraft } from '../../../shared/log.ts';
import { PREVIEW_BYTES } from '../../../shared/log.ts';
import { CHUNK_BYTES } from '../store/schema.ts';

/** A chunk as it goes into the file. */
export interface Chunk {
  readonly id: number;
  readonly firstSeq: number;
  readonly head: Uint8Array | null;
  readonly data: Uint8Array;
}

/** Where a record's payload is in the file. */
export interface Place {
  readonly chunk: number | null;
  readonly offset: number;
}

const NOWHERE: Place = { chunk: null, offset: 0 };

interface Piece {
  readonly source: Uint8Array;
  readonly from: number;
  to: number;
}

/** Packs the payloads of one session end to end into chunks; those adjacent in a batch aren't copied. */
export class Packer {
  readonly #nextId: () => number;
  readonly #store: (chunk: Chunk) => void;
  #id = 0;
  #firstSeq = 0;
  #bytes = 0;
  #pieces: Piece[] = [];

  /** `store` gets every complete chunk. */
  constructor(nextId: () => number, store: (chunk: Chunk) => void) {
    this.#nextId = nextId;
    this.#store = store;
  }

  /** Places `source[record.offset, + record.size)`. */
  place(record: RecordDraft, source: Uint8Array): Place {
    if (record.size === 0) return NOWHERE;
    if (this.#bytes + record.size > CHUNK_BYTES || this.#isWorthStoring(source)) this.flush();
    if (this.#bytes === 0) {
      this.#id = this.#nextId();
      this.#firstSeq = record.seq;
    }
    const place = { chunk: this.#id, offset: this.#bytes };
    this.#append(source, record.offset, record.size);
    return place;
  }

  /** Stores what has been started. */
  flush(): void {
    if (this.#bytes === 0) return;
    const data = this.#join();
    const head = data.byteLength > CHUNK_BYTES ? data.subarray(0, PREVIEW_BYTES) : null;
    this.#pieces = [];
    this.#bytes = 0;
    this.#store({ id: this.#id, firstSeq: this.#firstSeq, head, data });
  }

  /** A chunk half filled by one batch is stored rather than filled up by copying the next batch's payloads. */
  #isWorthStoring(next: Uint8Array): boolean {
    return this.#bytes >= CHUNK_BYTES / 2 && this.#pieces.length === 1 && this.#pieces[0]?.source !== next;
  }

  #append(source: Uint8Array, from: number, size: number): void {
    const last = this.#pieces.at(-1);
    if (last?.source === source && last.to === from) last.to += size;
    else this.#pieces.push({ source, from, to: from + size });
    this.#bytes += size;
  }

  #join(): Uint8Array {
    const parts = this.#pieces.map(({ source, from, to }) => source.subarray(from, to));
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  }
}
