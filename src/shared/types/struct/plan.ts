import { unitOf } from '../fields.ts';
import type { Layouts } from '../layout/layouts.ts';
import { LIMITS, TypeFault } from '../limits.ts';
import { type EnumType, resolved, type StructType, type TypeRef, typeText } from '../model.ts';
import { type ScalarFormat, scalarOf } from '../scalars.ts';

/** How a type is read, computed once. Offsets in bytes from the enclosing type. */
export type Plan = ScalarPlan | StructPlan | ArrayPlan;

interface Common {
  readonly type: string;
  /** Bytes; for a bitfield those from `offset` on that hold it. */
  readonly size: number;
}

export interface ScalarPlan extends Common {
  readonly kind: 'scalar';
  readonly format: ScalarFormat;
  readonly names?: ReadonlyMap<bigint, string>;
  /** Whether the enum's values are combinations of its names. */
  readonly flags?: boolean;
}

export interface StructPlan extends Common {
  readonly kind: 'struct';
  readonly members: readonly MemberPlan[];
  /** Whether some or all members share a position: a union, or an anonymous one in it. */
  readonly overlaid: boolean;
}

export interface MemberPlan {
  readonly name: string;
  readonly offset: number;
  readonly plan: Plan;
  readonly bit?: { readonly offset: number; readonly width: number };
  /** Bytes that must exist, from `offset` on. */
  readonly needs: number;
}

export interface ArrayPlan extends Common {
  readonly kind: 'array';
  readonly element: Plan;
  /** Null: as many as there are bytes left. */
  readonly count: number | null;
}

/** Throws {@link TypeFault} if a type has no layout. */
export function planOf(layouts: Layouts, ref: TypeRef, depth = 0): Plan {
  if (depth > LIMITS.depth) throw new TypeFault(`Types are nested more than ${LIMITS.depth} deep.`);
  const type = typeText(ref);
  const size = layouts.sizeOf(ref);
  const found = resolved(layouts.types, ref);
  switch (found?.kind) {
    case 'struct':
    case 'union':
      return {
        kind: 'struct',
        type,
        size,
        members: membersOf(layouts, found, 0, depth),
        overlaid: isOverlaid(layouts, found),
      };
    case 'enum':
      return enumPlan(layouts, found, type, size);
    case 'pointer':
      return { kind: 'scalar', type, size, format: 'pointer' };
    case 'array':
      return { kind: 'array', type, size, count: found.count, element: planOf(layouts, found.of, depth + 1) };
    case 'scalar': {
      const scalar = scalarOf(found.name, layouts.abi);
      if (scalar) return { kind: 'scalar', type, size, format: scalar.format };
    }
  }
  throw new TypeFault(`“${type}” is not declared.`);
}

/** Members of anonymous members are the outer type's own. */
function membersOf(layouts: Layouts, type: StructType, start: number, depth: number): MemberPlan[] {
  return layouts.struct(type).members.flatMap((placed): MemberPlan[] => {
    const { member, bit } = placed;
    const offset = start + Math.floor(bit / 8);
    if (member.name === undefined) {
      const inner = resolved(layouts.types, member.type);
      const holds = member.bits === undefined && (inner?.kind === 'struct' || inner?.kind === 'union');
      return holds ? membersOf(layouts, inner, offset, depth + 1) : [];
    }
    const plan = planOf(layouts, member.type, depth + 1);
    if (member.bits === undefined) return [{ name: member.name, offset, plan, needs: plan.size }];
    const unit = unitOf(placed, start);
    const needs = Math.ceil(((unit.bit?.offset ?? 0) + member.bits) / 8);
    return [{ name: member.name, offset: unit.offset, plan, needs, ...(unit.bit && { bit: unit.bit }) }];
  });
}

function isOverlaid({ types }: Layouts, type: StructType): boolean {
  const inner = (ref: TypeRef) => resolved(types, ref);
  return (
    type.kind === 'union' ||
    type.members.some(({ name, type: ref }) => name === undefined && inner(ref)?.kind === 'union')
  );
}

function enumPlan({ abi }: Layouts, { values, base }: EnumType, type: string, size: number): ScalarPlan {
  const names = new Map<bigint, string>();
  for (const { name, value } of values) if (!names.has(value)) names.set(value, name);
  const format = scalarOf(base, abi)?.format ?? 'int';
  return {
    kind: 'scalar',
    type: /^enum/.test(type) ? type : `enum ${type}`,
    size,
    format,
    names,
    flags: areFlags(values),
  };
}

/** Three bits or more, each with a name of its own: the values are meant to be combined. */
function areFlags(values: EnumType['values']): boolean {
  const bits = values.filter(({ value }) => value > 0n && (value & (value - 1n)) === 0n);
  const all = bits.reduce((mask, { value }) => mask | value, 0n);
  return (
    bits.length >= 3 &&
    bits.length < 64 &&
    isPowers(bits.length, all) &&
    values.every(({ value }) => (value & ~all) === 0n) &&
    !isCounted(values)
  );
}

const isPowers = (count: number, mask: bigint) => mask.toString(2).replaceAll('0', '').length === count;

/** 0, 1, 2, 3: counted, not combined. */
const isCounted = (values: EnumType['values']) =>
  values.some(({ value }) => value === 3n) && values.every(({ value }) => value < BigInt(values.length + 1));
