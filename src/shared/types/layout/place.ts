import type { Abi } from '../abi.ts';
import { LIMITS, TypeFault } from '../limits.ts';
import { type Member, type StructType, type TypeRef, typeText } from '../model.ts';
import { type Item, type Placement, roundUp } from './item.ts';
import { MsPlacement } from './ms.ts';
import { SysvPlacement } from './sysv.ts';

/** Bytes. */
export interface Measured {
  readonly size: number;
  readonly align: number;
}

/** A member at its position. */
export interface Placed {
  readonly member: Member;
  /** Bits from the start of the type; a multiple of 8 except for bitfields. */
  readonly bit: number;
  /** Bytes; for a bitfield those of its type. */
  readonly size: number;
}

/**
 * The layout of a struct or union by the rules of GCC (`stor-layout.c`), which are those of the System V ABI, and with
 * `ms` those of Microsoft's compiler as MinGW follows them.
 */
export function place(type: StructType, abi: Abi, measure: (ref: TypeRef) => Measured) {
  const items = type.members.map((member) => itemOf(member, type, measure));
  const start = Math.max(8, (type.align ?? 1) * 8);
  const Rule = (type.bitfields ?? abi.bitfields) === 'ms' ? MsPlacement : SysvPlacement;
  const fresh = (): Placement => new Rule(start, (type.pack ?? 0) * 8);
  return type.kind === 'union' ? overlaid(type, items, fresh) : inARow(type, items, fresh());
}

function inARow({ members }: StructType, items: readonly Item[], placement: Placement) {
  const placed: Placed[] = [];
  for (const [index, item] of items.entries()) {
    const bit = placement.place(item, index === items.length - 1);
    if (bit > LIMITS.typeSize * 8) throw new TypeFault('This struct is larger than the largest message.');
    placed.push({ member: members[index] as Member, bit, size: item.typeSize / 8 });
  }
  return finished(placed, placement.end, placement.align);
}

function overlaid({ members }: StructType, items: readonly Item[], fresh: () => Placement) {
  let end = 0;
  let align = fresh().align;
  const placed = items.map((item, index): Placed => {
    const alone = fresh();
    alone.place(item, false);
    align = Math.max(align, alone.align);
    end = Math.max(end, item.size);
    return { member: members[index] as Member, bit: 0, size: item.typeSize / 8 };
  });
  return finished(placed, end, align);
}

const finished = (members: readonly Placed[], end: number, align: number) => ({
  size: roundUp(Math.ceil(end / 8), align / 8),
  align: align / 8,
  members,
});

function itemOf(member: Member, { packed }: StructType, measure: (ref: TypeRef) => Measured): Item {
  const { size, align } = measure(member.type);
  const { bits } = member;
  if (bits !== undefined && bits > size * 8) {
    throw new TypeFault(`“${member.name ?? ''}” has ${bits} bits, its type ${typeText(member.type)} only ${size * 8}.`);
  }
  return {
    bitfield: bits !== undefined,
    named: member.name !== undefined,
    packed: Boolean(packed || member.packed),
    size: bits ?? size * 8,
    typeSize: size * 8,
    typeAlign: align * 8,
    demanded: (member.align ?? 0) * 8 || 1,
  };
}
