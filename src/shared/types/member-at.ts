import type { Layouts } from './layout/layouts.ts';
import { resolved, type TypeRef } from './model.ts';

/** The member `name` of a struct or union, including those of anonymous members. `bit`: from its start. */
export function memberAt(layouts: Layouts, owner: TypeRef, name: string): { type: TypeRef; bit: number } | undefined {
  const type = resolved(layouts.types, owner);
  if (type?.kind !== 'struct' && type?.kind !== 'union') return undefined;
  for (const { member, bit } of layouts.struct(type).members) {
    if (member.name === name) return { type: member.type, bit };
    const inner = member.name === undefined ? memberAt(layouts, member.type, name) : undefined;
    if (inner) return { type: inner.type, bit: bit + inner.bit };
  }
  return undefined;
}
