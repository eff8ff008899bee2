import { FLAG, type Lane } from '../../shared/domain.ts';
import type { Section } from '../kernel/kernel.ts';
import type { Header } from './header.ts';

/** Up to this length a message is copied to memory that is used again: touching new pages costs many times the copy itself. */
const WARM_BYTES = 128 * 1024;

/** The one message place of a direction: flag and length, as the header was last looked at, and data. */
export class Slot {
  readonly lane: Lane;
  readonly capacity: number;
  readonly #header: Header;
  readonly #section: Section;
  readonly #data: number;
  readonly #warm: Uint8Array<ArrayBuffer>;
  /** The length of our last message, the writer's: what is behind it is zero. */
  #dirty: number;

  constructor(header: Header, lane: Lane) {
    const { section, geometry } = header;
    this.lane = lane;
    this.capacity = geometry.capacity;
    this.#header = header;
    this.#section = section;
    this.#data = geometry.data[lane];
    this.#warm = new Uint8Array(Math.min(this.capacity, WARM_BYTES));
    this.#dirty = this.capacity;
  }

  get flag(): number {
    return this.#header.flag(this.lane);
  }

  set flag(value: number) {
    this.#header.storeFlag(this.lane, value);
  }

  /** As it stands in memory: a stranger may have written anything. */
  get length(): number {
    return this.#header.length(this.lane);
  }

  /** A copy of the first `length` bytes of data, good until the next one; `length` is at most the capacity. */
  copy(length: number): Uint8Array<ArrayBuffer> {
    const fits = length <= this.#warm.byteLength;
    const bytes = fits ? this.#warm.subarray(0, length) : new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
    if (length > 0) this.#section.read(this.#data, bytes);
    return bytes;
  }

  /** A copy that stays, of up to `most` bytes of what stands there. */
  peek(most: number): Buffer<ArrayBuffer> {
    const bytes = Buffer.alloc(Math.min(this.length, this.capacity, most));
    if (bytes.length > 0) this.#section.read(this.#data, bytes);
    return bytes;
  }

  /** Data, zeros up to the end as the crate does, length, and only then the flag. `bytes` fit the capacity. */
  put(bytes: Uint8Array): void {
    if (bytes.byteLength > 0) this.#section.write(this.#data, bytes);
    // Another length than ours is another writer's, who may have left anything.
    const rest = (this.length === this.#dirty ? this.#dirty : this.capacity) - bytes.byteLength;
    if (rest > 0) this.#section.fill(this.#data + bytes.byteLength, rest, 0);
    this.#dirty = bytes.byteLength;
    this.#header.storeLength(this.lane, bytes.byteLength);
    this.flag = FLAG.sent;
  }
}
