import type { LateRead, RecordBatch, RecordDraft } from './log.ts';

/** Numbers per record. */
const WIDTH = 11;
const UNREAD = 10;
const NONE = -1;

/** A {@link RecordBatch} on its way to another thread: copying its records as objects takes several times as long. */
export interface PackedBatch {
  readonly session: number;
  /** {@link WIDTH} per record; those that stand for a text are its index in `texts`. */
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly texts: readonly string[];
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly reads: readonly LateRead[];
}

/**
 * Collects records in the form in which they travel, one batch after another: an object for each would outlive the next
 * garbage collection, and all of them would have to be packed at once.
 */
export class BatchPacker {
  readonly #numbers: Float64Array<ArrayBuffer>;
  #texts = new TextTable();
  #used = 0;

  /** @param most the most records of a batch: another one throws RangeError */
  constructor(most: number) {
    this.#numbers = new Float64Array(most * WIDTH);
  }

  /** Records since the last {@link take}. */
  get count(): number {
    return this.#used / WIDTH;
  }

  add(r: RecordDraft): void {
    const numbers = this.#numbers;
    const texts = this.#texts;
    let at = this.#used;
    if (at === numbers.length) throw new RangeError(`A batch has room for ${at / WIDTH} records.`);
    numbers[at++] = r.seq;
    numbers[at++] = texts.place(r.kind);
    numbers[at++] = texts.place(r.lane);
    numbers[at++] = r.wall;
    numbers[at++] = r.mono;
    numbers[at++] = r.size;
    numbers[at++] = r.offset;
    numbers[at++] = texts.place(r.code);
    numbers[at++] = texts.place(r.detail);
    numbers[at++] = r.count;
    numbers[at++] = r.unreadMicros ?? Number.NaN;
    this.#used = at;
  }

  /** For the record that was added as number `index` of the batch, from 0. */
  setUnread(index: number, unreadMicros: number): void {
    this.#numbers[index * WIDTH + UNREAD] = unreadMicros;
  }

  /** Everything added since the last time. */
  take(session: number, payload: PackedBatch['payload'], reads: PackedBatch['reads']): PackedBatch {
    const numbers = this.#numbers.slice(0, this.#used);
    const texts = this.#texts.all;
    this.#texts = new TextTable();
    this.#used = 0;
    return { session, numbers, texts, payload, reads };
  }
}

export function packBatch({ session, records, payload, reads = [] }: RecordBatch): PackedBatch {
  const packer = new BatchPacker(records.length);
  for (const record of records) packer.add(record);
  return packer.take(session, payload, reads);
}

/** What to transfer with a batch. */
export const buffersOf = ({ numbers, payload }: PackedBatch): ArrayBuffer[] => [numbers.buffer, payload.buffer];

/** Restores the batch that was packed. Nothing is checked: its receiver must. */
export function unpackBatch({ session, numbers, texts, payload, reads }: PackedBatch): RecordBatch {
  const records: RecordDraft[] = [];
  for (let at = 0; at < numbers.length; at += WIDTH) records.push(recordAt(numbers, at, texts));
  return { session, records, payload, reads };
}

function recordAt(numbers: Float64Array, at: number, texts: readonly string[]): RecordDraft {
  const text = (place: number) => texts[numbers[at + place] as number] ?? null;
  const unread = numbers[at + UNREAD] as number;
  return {
    seq: numbers[at] as number,
    kind: text(1) as RecordDraft['kind'],
    lane: text(2) as RecordDraft['lane'],
    wall: numbers[at + 3] as number,
    mono: numbers[at + 4] as number,
    size: numbers[at + 5] as number,
    offset: numbers[at + 6] as number,
    code: text(7) as RecordDraft['code'],
    detail: text(8),
    count: numbers[at + 9] as number,
    unreadMicros: Number.isNaN(unread) ? null : unread,
  };
}

/** Each text once. */
class TextTable {
  readonly all: string[] = [];
  readonly #places = new Map<string, number>();

  place(text: string | null): number {
    if (text === null) return NONE;
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.#places.set(text, this.all.length);
    return this.all.push(text) - 1;
  }
}
