import { type Field, fieldsOf } from './fields.ts';
import type { Layouts } from './layout/layouts.ts';
import { TypeFault } from './limits.ts';
import { type EnumValue, keyOf, resolved, shortName, type TypeRef } from './model.ts';

/** A type as listed: where everything in it is, in bytes. */
export interface TypeEntry {
  /** Without `struct`, `union` or `enum`. */
  readonly name: string;
  /** What a typedef names, if it is one of these. */
  readonly kind: 'struct' | 'union' | 'enum' | 'typedef';
  readonly size: number;
  readonly align: number;
  readonly fields: readonly Field[];
  readonly values?: readonly EnumValue[];
  readonly ref: TypeRef;
  /** Why its fields aren't listed. */
  readonly fault?: string;
}

/** Every type that has a name, in order of declaration. */
export function entriesOf(layouts: Layouts): TypeEntry[] {
  const keys = [...layouts.types.keys()].filter((key) => isListed(layouts, key));
  return keys.map((key) => entryOf(layouts, { kind: 'named', name: key }));
}

/** The type called `name`, with or without its keyword; undefined if there is none. */
export function entryNamed(layouts: Layouts, name: string): TypeEntry | undefined {
  const key = keyOf(layouts.types, name.trim().replace(/\s+/g, ' '));
  return key === undefined ? undefined : entryOf(layouts, { kind: 'named', name: key });
}

function entryOf(layouts: Layouts, ref: Extract<TypeRef, { kind: 'named' }>): TypeEntry {
  const type = resolved(layouts.types, ref);
  const kind = type && 'kind' in type ? type.kind : undefined;
  return {
    name: shortName(ref.name),
    kind: kind === 'struct' || kind === 'union' || kind === 'enum' ? kind : 'typedef',
    size: layouts.sizeOf(ref),
    align: layouts.alignOf(ref),
    ...listed(layouts, ref),
    ...(type?.kind === 'enum' && { values: type.values }),
    ref,
  };
}

function listed(layouts: Layouts, ref: TypeRef): Pick<TypeEntry, 'fields' | 'fault'> {
  try {
    return { fields: fieldsOf(layouts, ref) };
  } catch (error) {
    if (error instanceof TypeFault) return { fields: [], fault: error.message };
    throw error;
  }
}

/**
 * Not one without a name, nor `typedef struct order order`, which is listed as `struct order`, nor one whose members
 * are unknown (`typedef struct opaque handle;`).
 */
function isListed(layouts: Layouts, key: string): boolean {
  const type = layouts.types.get(key);
  if (type?.kind !== 'typedef') return !type?.anonymous;
  if (resolved(layouts.types, type.of) === undefined) return false;
  return !(type.of.kind === 'named' && type.of.name !== key && shortName(type.of.name) === key);
}
