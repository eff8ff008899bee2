import type { OpenTypes } from '../types/compiled/open.ts';
import type { Decoder } from '../types/decoder.ts';
import type { Catalogue, TermProvider } from './catalogue.ts';
import { type FieldType, withFields } from './field-term.ts';

const made = new WeakMap<OpenTypes, Map<Catalogue<never>, unknown>>();

/** The catalogue with the fields of the bound types, and no others; the same object for the same types. */
export function typedCatalogue<P extends TermProvider>(catalogue: Catalogue<P>, types: OpenTypes): Catalogue<P> {
  const known = made.get(types) ?? new Map<Catalogue<never>, unknown>();
  made.set(types, known);
  const key = catalogue as unknown as Catalogue<never>;
  const found = (known.get(key) as Catalogue<P> | undefined) ?? withFields(catalogue, fieldTypesOf(types));
  known.set(key, found);
  return found;
}

function fieldTypesOf({ bindings }: OpenTypes): FieldType[] {
  const byId = new Map<string, FieldType>();
  for (const { decoder } of bindings)
    byId.set(decoder.id, { names: namesOf(decoder), fields: decoder.fields, isOpen: decoder.fields.length === 0 });
  return [...byId.values()];
}

/** `order` for `order@windows-x64`; `shop.Order` and `Order` for `shop.Order@protobuf`. */
export function namesOf({ id }: Decoder): string[] {
  const name = id.replace(/@[^@]*$/, '');
  const last = name.slice(name.lastIndexOf('.') + 1);
  return last === name ? [name] : [name, last];
}
