import type { FieldValue, Plain } from './decoder.ts';

/** Fields as they are written: objects and lists of plain values. */
export type FieldJson =
  | number
  | string
  | boolean
  | null
  | readonly FieldJson[]
  | { readonly [name: string]: FieldJson };

/**
 * The fields as an object. An enum is its name if it has one; an integer that a JavaScript number can't hold is a
 * string of its digits, as are NaN and the infinities; what could not be read is null.
 */
export function fieldsJson(fields: readonly FieldValue[]): { [name: string]: FieldJson } {
  const object: { [name: string]: FieldJson } = {};
  for (const field of fields) {
    Object.defineProperty(object, field.name, { value: fieldJson(field), enumerable: true, configurable: true });
  }
  return object;
}

/** One of them. */
export function fieldJson({ fields, list, value, text, type }: FieldValue): FieldJson {
  if (fields) return list ? fields.map(fieldJson) : fieldsJson(fields);
  if (text !== undefined && isNamed(type, value)) return text;
  return plainJson(value);
}

/** Numbers whose text says more than a way to print them. */
const isNamed = (type: string, value: Plain | undefined) => type.startsWith('enum') && typeof value !== 'string';

function plainJson(value: Plain | undefined): FieldJson {
  if (value === undefined) return null;
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
