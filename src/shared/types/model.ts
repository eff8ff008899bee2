import type { AbiId, BitfieldRule } from './abi.ts';

/** Declarations as read for one ABI: plain data, which crosses threads unchanged. */

export type TypeRef =
  /** A type that needs no declaration, by its name in `scalars.ts`. */
  | { readonly kind: 'scalar'; readonly name: string }
  /** A key of {@link Library.types}. */
  | { readonly kind: 'named'; readonly name: string }
  /** `count` null: as many as there are bytes left (a flexible array member). */
  | { readonly kind: 'array'; readonly of: TypeRef; readonly count: number | null }
  /** `to`: what it is declared to point at, for the reader. */
  | { readonly kind: 'pointer'; readonly to: string };

export interface Member {
  /** None for an anonymous struct or union, whose members count as those of the outer one, and for unnamed bits. */
  readonly name?: string;
  readonly type: TypeRef;
  /** Width of a bitfield; 0 ends a storage unit. */
  readonly bits?: number;
  /** Bytes, as required of this member alone. */
  readonly align?: number;
  readonly packed?: boolean;
}

export interface StructType {
  readonly kind: 'struct' | 'union';
  readonly members: readonly Member[];
  /** The maximum alignment of a member in bytes: `#pragma pack(n)`. */
  readonly pack?: number;
  readonly packed?: boolean;
  /** Bytes, at least. */
  readonly align?: number;
  /** If it isn't the ABI's. */
  readonly bitfields?: BitfieldRule;
  /** Has no name of its own. */
  readonly anonymous?: boolean;
}

export interface EnumType {
  readonly kind: 'enum';
  readonly values: readonly EnumValue[];
  /** A scalar's name. */
  readonly base: string;
  readonly anonymous?: boolean;
}

export interface EnumValue {
  readonly name: string;
  readonly value: bigint;
}

export interface TypedefType {
  readonly kind: 'typedef';
  readonly of: TypeRef;
  /** Bytes, instead of those of what it names. */
  readonly align?: number;
}

export type DeclaredType = StructType | EnumType | TypedefType;

export interface Library {
  readonly abi: AbiId;
  /** By name: `struct order`, `union u`, `enum side`, and `order_t` for a typedef; in order of declaration. */
  readonly types: ReadonlyMap<string, DeclaredType>;
}

/** What could not be read or doesn't hold. The rest of the declarations is usable. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** A key's name as displayed: `struct order` is `order`. */
export const shortName = (key: string): string => key.replace(/^(struct|union|enum) /, '');

const TAGS = ['struct', 'union', 'enum'] as const;

/** The key of the type called `name`: a typedef, or a tag with or without its keyword. */
export function keyOf(types: ReadonlyMap<string, unknown>, name: string): string | undefined {
  if (types.has(name)) return name;
  return TAGS.map((tag) => `${tag} ${name}`).find((key) => types.has(key));
}

/** The type that a typedef names, however many are in between; undefined if it isn't declared. */
export function resolved(
  types: Library['types'],
  ref: TypeRef,
): Exclude<DeclaredType, TypedefType> | TypeRef | undefined {
  let at = ref;
  // A chain can't be longer than there are types.
  for (let steps = 0; steps <= types.size; steps++) {
    if (at.kind !== 'named') return at;
    const type = types.get(at.name);
    if (type?.kind !== 'typedef') return type;
    at = type.of;
  }
  return undefined;
}

/** The type as written: `unsigned long`, `struct order`, `char *`, `int[3][4]`. */
export function typeText(ref: TypeRef): string {
  switch (ref.kind) {
    case 'scalar':
      return ref.name;
    case 'named':
      return ref.name.replace(/\{.*$/, '{…}');
    case 'pointer':
      return `${ref.to} *`;
    case 'array':
      return arrayText(ref, '');
  }
}

function arrayText(ref: TypeRef, dimensions: string): string {
  if (ref.kind !== 'array') return `${typeText(ref)}${dimensions}`;
  return arrayText(ref.of, `${dimensions}[${ref.count ?? ''}]`);
}

/** The elements of an array, and how many: `int[2][3]` has 6 `int`. Count null: as many as fit. */
export function elementOf(ref: TypeRef): { readonly element: TypeRef; readonly counts: readonly (number | null)[] } {
  const counts: (number | null)[] = [];
  let element = ref;
  while (element.kind === 'array') {
    counts.push(element.count);
    element = element.of;
  }
  return { element, counts };
}

/** `char data[0];` at the end of a struct is how `char data[];` was written before C had it. */
export function openEnded(members: readonly Member[], kind: StructType['kind']): readonly Member[] {
  const last = members.at(-1);
  if (kind === 'union' || members.length < 2 || last?.type.kind !== 'array' || last.type.count !== 0) return members;
  return [...members.slice(0, -1), { ...last, type: { ...last.type, count: null } }];
}
