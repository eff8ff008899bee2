import type { Lane } from '../../shared/domain.ts';
import type { ReadableSection } from '../kernel/kernel.ts';
import { type Pinned, pinned } from '../kernel/pinned.ts';
import type { Header } from './header.ts';

/** Up to this length a message is copied to reused memory: touching new pages costs many times the copy itself. */
const WARM_BYTES = 128 * 1024;

/** Read-only view of the one message slot of a lane: flag and length, as of the last look at the header, and data. */
export class SlotView {
  readonly lane: Lane;
  readonly capacity: number;
  protected readonly flagAt: number;
  protected readonly lengthAt: number;
  protected readonly isWide: boolean;
  /** Offset of its data in the section. */
  readonly data: number;
  readonly #header: Header;
  readonly #section: ReadableSection;
  readonly #warm: Pinned;
  #view: Uint8Array<ArrayBuffer>;

  constructor(header: Header, lane: Lane) {
    const { section, geometry } = header;
    this.lane = lane;
    this.capacity = geometry.capacity;
    this.#header = header;
    this.#section = section;
    this.flagAt = geometry.spec.flag[lane];
    this.lengthAt = geometry.spec.length[lane];
    this.isWide = geometry.spec.lengthBytes === 8;
    this.data = geometry.data[lane];
    this.#warm = pinned(Math.min(this.capacity, WARM_BYTES));
    this.#view = this.#warm;
  }

  get flag(): number {
    return this.#header.u32(this.flagAt);
  }

  /** As it is in memory: a stranger may have written anything, up to 2^64 in `fixed64` (then rounded as a double). */
  get length(): number {
    const low = this.#header.u32(this.lengthAt);
    return this.isWide ? low + this.#header.u32(this.lengthAt + 4) * 2 ** 32 : low;
  }

  /** A copy of the first `length` bytes of data, valid until the next copy; `length` is at most the capacity. */
  copy(length: number): Uint8Array<ArrayBuffer> {
    const bytes = length <= this.#warm.byteLength ? this.#warmed(length) : newBytes(length);
    if (length > 0) this.#section.read(this.data, bytes);
    return bytes;
  }

  /** Messages are often as long as the previous one: then the same view serves. */
  #warmed(length: number): Uint8Array<ArrayBuffer> {
    if (this.#view.byteLength !== length) this.#view = pinned(this.#warm.buffer, length);
    return this.#view;
  }

  /** A permanent copy of up to `most` bytes of the content. */
  peek(most: number): Buffer<ArrayBuffer> {
    const bytes = Buffer.alloc(Math.min(this.length, this.capacity, most));
    if (bytes.length > 0) this.#section.read(this.data, bytes);
    return bytes;
  }

  /** Copies as many bytes of data as `target` has, at most the capacity. */
  read(target: Uint8Array): void {
    if (target.byteLength > 0) this.#section.read(this.data, target);
  }
}

const newBytes = (length: number) => new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
