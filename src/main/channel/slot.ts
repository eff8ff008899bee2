import { FLAG, type Lane } from '../../shared/domain.ts';
import type { Section } from '../kernel/kernel.ts';
import type { Header } from './header.ts';

/**
 * Up to this length a message is copied to memory that is used again: touching new pages costs many times the copy
 * itself.
 */
const WARM_BYTES = 128 * 1024;

/** The one message place of a direction: flag and length, as the header was last looked at, and data. */
export class Slot {
  readonly lane: Lane;
  readonly capacity: number;
  readonly #header: Header;
  readonly #section: Section;
  readonly #flagAt: number;
  readonly #lengthAt: number;
  readonly #isWide: boolean;
  readonly #data: number;
  readonly #warm: Uint8Array<ArrayBuffer>;
  #view: Uint8Array<ArrayBuffer>;
  /** The length of our last message, the writer's: what is behind it is zero. */
  #dirty: number;

  constructor(header: Header, lane: Lane) {
    const { section, geometry } = header;
    this.lane = lane;
    this.capacity = geometry.capacity;
    this.#header = header;
    this.#section = section;
    this.#flagAt = geometry.spec.flag[lane];
    this.#lengthAt = geometry.spec.length[lane];
    this.#isWide = geometry.spec.lengthBytes === 8;
    this.#data = geometry.data[lane];
    this.#warm = new Uint8Array(Math.min(this.capacity, WARM_BYTES));
    this.#view = this.#warm;
    this.#dirty = this.capacity;
  }

  get flag(): number {
    return this.#header.u32(this.#flagAt);
  }

  set flag(value: number) {
    this.#header.storeFlag(this.#flagAt, value);
  }

  /**
   * As it stands in memory: a stranger may have written anything, up to 2^64 in `fixed64` (then rounded as a double).
   */
  get length(): number {
    const low = this.#header.u32(this.#lengthAt);
    return this.#isWide ? low + this.#header.u32(this.#lengthAt + 4) * 2 ** 32 : low;
  }

  /** A copy of the first `length` bytes of data, good until the next one; `length` is at most the capacity. */
  copy(length: number): Uint8Array<ArrayBuffer> {
    const bytes = length <= this.#warm.byteLength ? this.#warmed(length) : newBytes(length);
    if (length > 0) this.#section.read(this.#data, bytes);
    return bytes;
  }

  /** Messages often are as long as the last one: then the same view serves. */
  #warmed(length: number): Uint8Array<ArrayBuffer> {
    if (this.#view.byteLength !== length) this.#view = this.#warm.subarray(0, length);
    return this.#view;
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
    if (this.length !== bytes.byteLength) this.#storeLength(bytes.byteLength);
    this.flag = FLAG.sent;
  }

  #storeLength(bytes: number): void {
    this.#header.store(this.#lengthAt, bytes);
    if (this.#isWide) this.#header.store(this.#lengthAt + 4, 0);
  }
}

const newBytes = (length: number) => new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
