import { FLAG, type Lane } from '../../shared/domain.ts';
import type { Section } from '../kernel/kernel.ts';
import type { Geometry } from './layout.ts';

/** Up to this length a message is copied to memory that is used again: touching new pages costs many times the copy itself. */
const WARM_BYTES = 128 * 1024;

/** The one message place of a direction: flag, length and data, by offset. */
export class Slot {
  readonly lane: Lane;
  readonly capacity: number;
  readonly #section: Section;
  readonly #flag: number;
  readonly #length: number;
  readonly #lengthBytes: 4 | 8;
  readonly #data: number;
  readonly #warm: Uint8Array<ArrayBuffer>;
  /** Bytes from here on are known to be zero, for the writer. */
  #dirty: number;

  constructor(section: Section, { spec, capacity, data }: Geometry, lane: Lane) {
    this.lane = lane;
    this.capacity = capacity;
    this.#section = section;
    this.#flag = spec.flag[lane];
    this.#length = spec.length[lane];
    this.#lengthBytes = spec.lengthBytes;
    this.#data = data[lane];
    this.#warm = new Uint8Array(Math.min(capacity, WARM_BYTES));
    this.#dirty = capacity;
  }

  get flag(): number {
    return this.#section.loadU32(this.#flag);
  }

  set flag(value: number) {
    this.#section.storeU32(this.#flag, value);
  }

  /** As it stands in memory: a stranger may have written anything, up to 2^64 in `fixed64` (then rounded as a double). */
  get length(): number {
    const low = this.#section.loadU32(this.#length);
    return this.#lengthBytes === 4 ? low : low + this.#section.loadU32(this.#length + 4) * 2 ** 32;
  }

  /** A copy of the first `length` bytes of data, good until the next one; `length` is at most the capacity. */
  copy(length: number): Uint8Array<ArrayBuffer> {
    const fits = length <= this.#warm.byteLength;
    const bytes = fits ? this.#warm.subarray(0, length) : new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
    if (length > 0) this.#section.read(this.#data, bytes);
    return bytes;
  }

  /** Data, zeros up to the end as the crate does, length, and only then the flag. `bytes` fit the capacity. */
  put(bytes: Uint8Array): void {
    if (bytes.byteLength > 0) this.#section.write(this.#data, bytes);
    const rest = this.#dirty - bytes.byteLength;
    if (rest > 0) this.#section.fill(this.#data + bytes.byteLength, rest, 0);
    this.#dirty = bytes.byteLength;
    this.#section.storeU32(this.#length, bytes.byteLength);
    if (this.#lengthBytes === 8) this.#section.storeU32(this.#length + 4, 0);
    this.flag = FLAG.sent;
  }
}
