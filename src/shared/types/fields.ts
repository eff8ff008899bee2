import type { Layouts } from './layout/layouts.ts';
import type { Placed } from './layout/place.ts';
import { LIMITS, TypeFault } from './limits.ts';
import { elementOf, resolved, type StructType, type TypeRef, typeText } from './model.ts';

/** A field of a type and its position. Every member is one, and every member of a member by its dotted path. */
export interface Field {
  /** `header.id`; members of an anonymous struct or union count as those of the outer one. */
  readonly path: string;
  /** Of an array, that of its elements. */
  readonly type: string;
  /** Bytes from the start of the type: for an array its first element, for a bitfield its storage unit. */
  readonly offset: number;
  /** Bytes: for an array one element, for a bitfield its type. */
  readonly size: number;
  /** Elements of an array, all dimensions multiplied; null: as many as there are bytes left. */
  readonly count?: number | null;
  /** From the lowest bit of `offset`. */
  readonly bit?: { readonly offset: number; readonly width: number };
  /** The element's type. */
  readonly ref: TypeRef;
}

/** All fields of a type; none if it has no members. Throws {@link TypeFault}. */
export function fieldsOf(layouts: Layouts, ref: TypeRef): Field[] {
  const fields: Field[] = [];
  const type = resolved(layouts.types, ref);
  if (type?.kind === 'struct' || type?.kind === 'union') addFields(fields, layouts, type, '', 0);
  return fields;
}

function addFields(fields: Field[], layouts: Layouts, type: StructType, prefix: string, start: number): void {
  for (const placed of layouts.struct(type).members) {
    const { member, bit } = placed;
    const { element, counts } = elementOf(member.type);
    const inner = resolved(layouts.types, element);
    const holds = inner?.kind === 'struct' || inner?.kind === 'union' ? inner : undefined;
    const offset = start + Math.floor(bit / 8);
    if (member.name === undefined) {
      if (holds) addFields(fields, layouts, holds, prefix, offset);
      continue;
    }
    const path = prefix + member.name;
    if (fields.length >= LIMITS.fields) throw new TypeFault(`The type has more than ${LIMITS.fields} fields.`);
    fields.push({
      path,
      type: typeText(element),
      ...(member.bits === undefined ? { offset, size: layouts.sizeOf(element) } : unitOf(placed, start)),
      ...(counts.length > 0 && { count: product(counts) }),
      ref: element,
    });
    if (holds) addFields(fields, layouts, holds, `${path}.`, offset);
  }
}

/** The storage unit of a bitfield; if it spans two, from the byte that it starts in. */
export function unitOf({ member, bit, size }: Placed, start: number): Pick<Field, 'offset' | 'size' | 'bit'> {
  const width = member.bits ?? size * 8;
  const unit = Math.floor(bit / (size * 8)) * size;
  const offset = bit + width <= (unit + size) * 8 ? unit : Math.floor(bit / 8);
  return { offset: start + offset, size, bit: { offset: bit - offset * 8, width } };
}

const product = (counts: readonly (number | null)[]): number | null =>
  counts.includes(null) ? null : counts.reduce<number>((all, count) => all * (count ?? 0), 1);
