import { FLAG } from '../../shared/domain.ts';
import type { SlotSnapshot } from '../../shared/session.ts';
import type { Slot } from '../channel/slot.ts';
import type { Instant } from './clock.ts';

/** Follows one slot for the gauges: what stands in it, since when unread, and how full it has been. */
export class SlotWatch {
  readonly #slot: Slot;
  #seen: SlotSnapshot = { flag: 0, length: 0, highWater: 0, unreadSince: null };

  #unreadSinceMono: number | null = null;

  constructor(slot: Slot) {
    this.#slot = slot;
  }

  get snapshot(): SlotSnapshot {
    return this.#seen;
  }

  /** µs that what stands in the slot was seen to stand unread, at `mono`; 0 where it wasn't seen before. */
  unreadMicros(mono: number): number {
    return this.#unreadSinceMono === null ? 0 : mono - this.#unreadSinceMono;
  }

  /** A message of `length` bytes passed through, possibly between two looks. A new one ends the age of the one before. */
  passed(length: number): void {
    this.#seen = { ...this.#seen, highWater: Math.max(this.#seen.highWater, length), unreadSince: null };
    this.#unreadSinceMono = null;
  }

  /** Looks at the slot. Answers whether anything changed, and whether an unread message was replaced by another. */
  look({ wall, mono }: Instant): { changed: boolean; replaced: boolean } {
    const before = this.#seen;
    const flag = this.#slot.flag;
    const length = this.#slot.length;
    const unread = flag === FLAG.sent;
    this.#unreadSinceMono = unread ? (this.#unreadSinceMono ?? mono) : null;
    const unreadSince = unread ? (before.unreadSince ?? wall) : null;
    if (flag === before.flag && length === before.length && unreadSince === before.unreadSince) {
      return { changed: false, replaced: false };
    }
    const plausible = unread && length <= this.#slot.capacity ? length : 0;
    this.#seen = { flag, length, highWater: Math.max(before.highWater, plausible), unreadSince };
    return { changed: true, replaced: unread && before.unreadSince !== null && length !== before.length };
  }
}
