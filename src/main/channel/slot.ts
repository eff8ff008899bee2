import { FLAG, type Lane } from '../../shared/domain.ts';
import type { Section } from '../kernel/kernel.ts';
import type { WritableHeader } from './header.ts';
import { SlotView } from './slot-view.ts';

/** The one message slot of a lane as an end uses it: it marks what it has read, or writes its messages there. */
export class Slot extends SlotView {
  readonly #header: WritableHeader;
  readonly #section: Section;
  /** The length of our own last message, for a writer: everything after it is zero. */
  #dirty: number;

  constructor(header: WritableHeader, lane: Lane) {
    super(header, lane);
    this.#header = header;
    this.#section = header.section;
    this.#dirty = this.capacity;
  }

  override get flag(): number {
    return super.flag;
  }

  override set flag(value: number) {
    this.#header.storeFlag(this.flagAt, value);
  }

  /** Data, zeros up to the end as the crate does, length, and only then the flag. `bytes` fit the capacity. */
  put(bytes: Uint8Array): void {
    if (bytes.byteLength > 0) this.#section.write(this.data, bytes);
    // A length that isn't ours is another writer's, who may have left anything.
    const rest = (this.length === this.#dirty ? this.#dirty : this.capacity) - bytes.byteLength;
    if (rest > 0) this.#section.fill(this.data + bytes.byteLength, rest, 0);
    this.#dirty = bytes.byteLength;
    if (this.length !== bytes.byteLength) this.#storeLength(bytes.byteLength);
    this.flag = FLAG.sent;
  }

  #storeLength(bytes: number): void {
    this.#header.store(this.lengthAt, bytes);
    if (this.isWide) this.#header.store(this.lengthAt + 4, 0);
  }
}
