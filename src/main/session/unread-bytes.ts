import type { SlotView } from '../channel/slot-view.ts';

/** Bytes at the beginning of a message that distinguish it from another of its length. */
const COMPARED = 64 * 1024;

/** Tells whether other bytes have come to stand in the place of a message that is unread. Only reads. */
export class UnreadBytes {
  readonly #slot: SlotView;
  #known: Buffer | null = null;
  /** Other bytes, seen once: their writer may not have finished yet. */
  #other: Buffer | null = null;

  constructor(slot: SlotView) {
    this.#slot = slot;
  }

  /** Nothing stands unread, or it is another message for sure. */
  forget(): void {
    this.#known = null;
    this.#other = null;
  }

  /** A look at an unread message of `length` bytes; true once for each that took the place of the one before. */
  replaced(length: number): boolean {
    const bytes = this.#slot.peek(Math.min(length, COMPARED));
    this.#known ??= bytes;
    if (this.#known.equals(bytes)) {
      this.#other = null;
      return false;
    }
    const isFinished = this.#other?.equals(bytes) ?? false;
    this.#other = bytes;
    if (!isFinished) return false;
    this.#known = this.#other;
    this.#other = null;
    return true;
  }
}
