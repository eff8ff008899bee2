import { FLAG } from '../../shared/domain.ts';
import type { SlotSnapshot } from '../../shared/session.ts';
import type { Slot } from '../channel/slot.ts';

/** Follows one slot for the gauges: what stands in it, since when unread, and how full it has been. */
export class SlotWatch {
  readonly #slot: Slot;
  #seen: SlotSnapshot = { flag: 0, length: 0, highWater: 0, unreadSince: null };

  constructor(slot: Slot) {
    this.#slot = slot;
  }

  get snapshot(): SlotSnapshot {
    return this.#seen;
  }

  /** A message of `length` bytes passed through, possibly between two looks. A new one ends the age of the one before. */
  passed(length: number): void {
    this.#seen = { ...this.#seen, highWater: Math.max(this.#seen.highWater, length), unreadSince: null };
  }

  /** Looks at the slot. `wall` in µs. Answers whether anything changed, and whether an unread message was replaced by another. */
  look(wall: number): { changed: boolean; replaced: boolean } {
    const before = this.#seen;
    const flag = this.#slot.flag;
    const length = this.#slot.length;
    const unread = flag === FLAG.sent;
    const unreadSince = unread ? (before.unreadSince ?? wall) : null;
    if (flag === before.flag && length === before.length && unreadSince === before.unreadSince) {
      return { changed: false, replaced: false };
    }
    const plausible = unread && length <= this.#slot.capacity ? length : 0;
    this.#seen = { flag, length, highWater: Math.max(before.highWater, plausible), unreadSince };
    return { changed: true, replaced: unread && before.unreadSince !== null && length !== before.length };
  }
}
