import { FLAG } from '../../shared/domain.ts';
import type { SlotSnapshot } from '../../shared/session.ts';
import type { SlotView } from '../channel/slot-view.ts';
import type { Instant } from './clock.ts';
import { UnreadBytes } from './unread-bytes.ts';

/** Follows one slot for the gauges: what is in it, since when unread, and how full it has been. */
export class SlotWatch {
  readonly #slot: SlotView;
  #seen: SlotSnapshot = { flag: 0, length: 0, highWater: 0, unreadSince: null };
  readonly #bytes: UnreadBytes;

  constructor(slot: SlotView) {
    this.#slot = slot;
    this.#bytes = new UnreadBytes(slot);
  }

  get snapshot(): SlotSnapshot {
    return this.#seen;
  }

  /** µs that the slot's content had been unread, as far as seen, at `mono`; 0 if it wasn't seen before. */
  unreadMicros(mono: number): number {
    return this.#seen.unreadSince === null ? 0 : mono - this.#seen.unreadSince;
  }

  /** A message of `length` bytes passed through, possibly between two looks. A new one resets the age. */
  passed(length: number): void {
    this.#seen = { ...this.#seen, highWater: Math.max(this.#seen.highWater, length), unreadSince: null };
    this.#bytes.forget();
  }

  /**
   * Looks at the slot and, with `compares`, at its unread content. Returns whether another message replaced it: one of
   * another length, or with other bytes.
   */
  look({ mono }: Pick<Instant, 'mono'>, { compares } = { compares: false }): { replaced: boolean } {
    const before = this.#seen;
    const flag = this.#slot.flag;
    const length = this.#slot.length;
    const unread = flag === FLAG.sent;
    const unreadSince = unread ? (before.unreadSince ?? mono) : null;
    const plausible = unread && length <= this.#slot.capacity;
    const isSame = flag === before.flag && length === before.length && unreadSince === before.unreadSince;
    if (!isSame || !compares) this.#bytes.forget();
    const hasOtherBytes = compares && plausible && this.#bytes.replaced(length);
    if (isSame) return { replaced: hasOtherBytes };
    this.#seen = { flag, length, highWater: Math.max(before.highWater, plausible ? length : 0), unreadSince };
    return { replaced: unread && before.unreadSince !== null && length !== before.length };
  }
}
