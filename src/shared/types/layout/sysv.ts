import { type Item, type Placement, plainAlign, roundUp } from './item.ts';

/** System V: a bitfield follows the bits before it, and moves on if it would cross a unit of its type. */
export class SysvPlacement implements Placement {
  align: number;
  end = 0;
  readonly #pack: number;

  constructor(align: number, pack: number) {
    this.align = align;
    this.#pack = pack;
  }

  place(item: Item): number {
    const at = item.bitfield ? this.#bitfield(item) : this.#plain(item);
    this.end = at + item.size;
    return at;
  }

  #plain(item: Item): number {
    const align = plainAlign(item, this.#pack);
    this.align = Math.max(this.align, align);
    return roundUp(this.end, align);
  }

  #bitfield(item: Item): number {
    const { typeAlign, size, named, packed } = item;
    const pack = this.#pack;
    // Neither `packed` nor `#pragma pack` affects a width of 0.
    if (size === 0) return roundUp(this.end, Math.max(typeAlign, item.demanded));
    const wished = Math.max(item.demanded, this.#whole(item));
    const demanded = pack ? Math.min(wished, pack) : wished;
    if (named) {
      const counted = pack ? Math.min(typeAlign, pack) : packed ? 8 : typeAlign;
      this.align = Math.max(this.align, demanded, counted);
    }
    const at = roundUp(this.end, demanded);
    return !packed && !pack && crosses(at, item) ? roundUp(at, typeAlign) : at;
  }

  /** GCC gives all 64 bits of an aligned member the alignment of a register, on i386 too. */
  #whole({ size, demanded, packed }: Item): number {
    return size === 64 && demanded > 1 && !packed && this.end % 64 === 0 ? 64 : 0;
  }
}

/** Whether it would span more units of its alignment than its type does. */
function crosses(at: number, { size, typeAlign, typeSize }: Item): boolean {
  return Math.ceil(((at % typeAlign) + size) / typeAlign) > typeSize / typeAlign;
}
