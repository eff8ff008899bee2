import { type Item, type Placement, plainAlign, roundUp } from './item.ts';

/**
 * Microsoft's rules: bitfields whose types have the same size share storage of that size; any other member, or a width
 * of 0, ends it.
 */
export class MsPlacement implements Placement {
  align: number;
  end = 0;
  readonly #pack: number;
  /** The bitfield whose storage is still open. */
  #run: Item | undefined;
  /** Bits of it that are free. */
  #left = 0;

  constructor(align: number, pack: number) {
    this.align = align;
    this.#pack = pack;
  }

  place(item: Item, last: boolean): number {
    this.#alignStruct(item);
    const before = this.#run;
    const goesOn = before !== undefined && this.#continues(before, item);
    if (!goesOn) this.#start(item, before);
    const at = this.end;
    this.end += item.size;
    if (last && item.bitfield && item.size > 0) this.end += this.#left;
    return at;
  }

  /** Whether it is in the open storage, or in another of the same kind right after it. */
  #continues(before: Item, item: Item): boolean {
    if (!item.bitfield || item.size === 0 || before.size === 0 || before.typeSize !== item.typeSize) return false;
    if (this.#left >= item.size) {
      this.#left -= item.size;
      return true;
    }
    this.#move(this.#left, item);
    this.#left = item.typeSize - item.size;
    this.#run = item;
    return true;
  }

  #start(item: Item, before: Item | undefined): void {
    const closed = before !== undefined && before.size > 0 ? before : undefined;
    this.#move(closed ? this.#left : 0, item);
    this.#run = item.bitfield ? item : undefined;
    const aligns = !item.bitfield || (closed ? closed.typeSize !== item.typeSize : item.size > 0);
    if (!aligns) return;
    this.#left = item.typeSize - item.size;
    if (!item.packed) this.end = roundUp(this.end, this.#capped(Math.max(8, item.typeAlign)));
  }

  /** By the bits left in the open storage. Whether it must then be aligned is decided before, as in GCC. */
  #move(left: number, item: Item): void {
    const demanded = this.#demanded(item);
    const isAligned = this.end % demanded === 0;
    this.end += left;
    if (!isAligned) this.end = roundUp(this.end, demanded);
  }

  #alignStruct(item: Item): void {
    const { bitfield, size, packed, typeAlign } = item;
    if (!bitfield) {
      this.align = Math.max(this.align, plainAlign(item, this.#pack));
      return;
    }
    const counts = size > 0 ? !packed : this.#run !== undefined && this.#run.size > 0;
    if (counts) this.align = Math.max(this.align, this.#capped(Math.max(typeAlign, item.demanded)));
  }

  #demanded(item: Item): number {
    return item.bitfield ? this.#capped(item.demanded) : plainAlign(item, this.#pack);
  }

  #capped(align: number): number {
    return this.#pack ? Math.min(align, this.#pack) : align;
  }
}
