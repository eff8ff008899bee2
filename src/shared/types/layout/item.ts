/** What a placement rule needs to know about a member. All in bits. */
export interface Item {
  readonly bitfield: boolean;
  readonly named: boolean;
  readonly packed: boolean;
  /** Of what it occupies: a bitfield's width. */
  readonly size: number;
  readonly typeSize: number;
  readonly typeAlign: number;
  /** Its own alignment; at least 1. */
  readonly demanded: number;
}

/** Places the members of one struct, one after the other; the last is announced as such. All in bits. */
export interface Placement {
  /** Of the struct so far. */
  readonly align: number;
  /** The end of what is placed. */
  readonly end: number;
  place(item: Item, last: boolean): number;
}

export const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;

/** Alignment of a member that isn't a bitfield: its own, that of its type unless packed, and at most `pack`. */
export function plainAlign({ packed, demanded, typeAlign }: Item, pack: number): number {
  const wished = packed ? Math.max(8, demanded) : Math.max(demanded, typeAlign);
  return pack ? Math.min(wished, pack) : wished;
}
