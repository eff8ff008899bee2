import type { SlotView } from '../channel/slot-view.ts';

/** Bytes at the start of a message that distinguish it from another of the same length. */
const COMPARED = 64 * 1024;

/** Detects that an unread message was replaced by other bytes. Only reads. */
export class UnreadBytes {
  readonly #slot: SlotView;
  #known: Buffer | null = null;
  /** Other bytes, seen once: their writer may not have finished yet. */
  #other: Buffer | null = null;

  constructor(slot: SlotView) {
    this.#slot = slot;
  }

  /** Nothing is unread, or it certainly is another message. */
  forget(): void {
    this.#known = null;
    this.#other = null;
  }

  /** Looks at an unread message of `length` bytes; true once for each that replaced the one before. */
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
