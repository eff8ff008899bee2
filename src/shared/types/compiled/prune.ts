import { matches } from '../bindings/bound.ts';
import { keyOf, type TypeRef } from '../model.ts';
import {
  type CompiledBinding,
  type CompiledLibrary,
  type CompiledProto,
  type CompiledType,
  type CompiledTypes,
  NO_TYPES,
} from './compiled.ts';

const known = new WeakMap<CompiledTypes, Map<string, CompiledTypes>>();

/** The part of the types that a section's messages can have; the same object for the same types. */
export function typesFor(compiled: CompiledTypes, section: string): CompiledTypes {
  const bySection = known.get(compiled) ?? new Map<string, CompiledTypes>();
  known.set(compiled, bySection);
  const found = bySection.get(section) ?? pruned(compiled, section);
  bySection.set(section, found);
  return found;
}

/** Whether a binding's pattern says which types messages of the section have. */
export const isNamed = ({ bindings }: CompiledTypes, section: string): boolean =>
  bindings.some(({ channel }) => channel !== undefined && matches(channel, section));

function pruned(compiled: CompiledTypes, section: string): CompiledTypes {
  const bindings = compiled.bindings.filter(({ channel }) => channel === undefined || matches(channel, section));
  if (bindings.length === 0) return NO_TYPES;
  const libraries = compiled.libraries.map((library) => reachableIn(library, bindings));
  return {
    ...compiled,
    bindings,
    libraries: libraries.some(({ types }) => types.length > 0) ? libraries : [],
    proto: compiled.proto && messagesIn(compiled.proto, bindings),
  };
}

function reachableIn({ abi, types }: CompiledLibrary, bindings: readonly CompiledBinding[]): CompiledLibrary {
  const all = new Map(types);
  const reached = new Set<string>();
  const reach = (key: string | undefined) => {
    const type = key === undefined ? undefined : all.get(key);
    if (key === undefined || !type || reached.has(key)) return;
    reached.add(key);
    for (const ref of refsOf(type)) reach(nameIn(ref));
  };
  for (const { type } of bindings) reach(keyOf(all, type));
  return { abi, types: types.filter(([key]) => reached.has(key)) };
}

function refsOf(type: CompiledType): TypeRef[] {
  if (type.kind === 'enum') return [];
  return type.kind === 'typedef' ? [type.of] : type.members.map((member) => member.type);
}

/** A pointer leads nowhere. */
function nameIn(ref: TypeRef): string | undefined {
  let at = ref;
  while (at.kind === 'array') at = at.of;
  return at.kind === 'named' ? at.name : undefined;
}

function messagesIn({ messages, enums }: CompiledProto, bindings: readonly CompiledBinding[]): CompiledProto | null {
  const all = new Map(messages);
  const reached = new Set<string>();
  const reach = (name: string) => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const { type } of all.get(name) ?? []) reach(type);
  };
  for (const { type } of bindings)
    for (const [name] of messages) if (name === type || name.endsWith(`.${type}`)) reach(name);
  if (reached.size === 0) return null;
  return {
    messages: messages.filter(([name]) => reached.has(name)),
    enums: enums.filter(([name]) => reached.has(name)),
  };
}
