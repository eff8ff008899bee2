import type { Decoded, FieldValue } from '../decoder.ts';
import { hexOf } from '../hex-of.ts';
import { LIMITS } from '../limits.ts';

/** A value with a type of its own. */
export interface Special {
  readonly type: string;
  /** Plain, bytes, or anything that {@link ValueFields} knows. */
  readonly value: unknown;
  readonly text?: string;
}

/** Turns the values that a library has decoded into fields. */
class ValueFields {
  readonly #special: (value: object) => Special | undefined;
  #left: number = LIMITS.values;

  /** @param special what the format has besides lists, maps and plain values */
  constructor(special: (value: object) => Special | undefined) {
    this.#special = special;
  }

  /** Of a payload: the fields of a map, or one called `value`; for several values one each. */
  all(values: readonly unknown[]): FieldValue[] {
    const [first] = values;
    if (values.length !== 1) return values.map((value, index) => this.#field(`[${index}]`, value, 0));
    const field = this.#field('value', first, 0);
    return field.fields && !field.list ? [...field.fields] : [field];
  }

  get isCutShort(): boolean {
    return this.#left <= 0;
  }

  #field(name: string, value: unknown, depth: number): FieldValue {
    this.#left--;
    switch (typeof value) {
      case 'boolean':
        return { name, type: 'bool', value };
      case 'number':
      case 'bigint':
        return { name, type: typeof value === 'bigint' || Number.isInteger(value) ? 'int' : 'float', value };
      case 'string':
        return { name, type: 'text', value };
      case 'undefined':
        return { name, type: 'undefined', value: null };
      case 'object':
        return value === null ? { name, type: 'null', value } : this.#object(name, value, depth);
      default:
        return { name, type: typeof value, fault: 'This can’t be shown.' };
    }
  }

  #object(name: string, value: object, depth: number): FieldValue {
    if (depth >= LIMITS.depth) return { name, type: '…', fault: `More than ${LIMITS.depth} levels deep.` };
    if (value instanceof Uint8Array) return { name, type: 'bytes', size: value.length, value: hexOf(value), hex: true };
    if (value instanceof Date) return { name, type: 'time', ...timeOf(value) };
    const special = this.#special(value);
    if (special) {
      const { type, text } = special;
      return { ...this.#field(name, special.value, depth + 1), type, ...(text !== undefined && { text }) };
    }
    if (Array.isArray(value)) return { name, type: 'list', list: true, fields: this.#fields(numbered(value), depth) };
    const entries = value instanceof Map ? value.entries() : Object.entries(value);
    return { name, type: 'map', fields: this.#fields(entries, depth) };
  }

  #fields(entries: Iterable<readonly [unknown, unknown]>, depth: number): FieldValue[] {
    const fields: FieldValue[] = [];
    for (const [key, value] of entries) {
      if (this.#left <= 0) break;
      fields.push(this.#field(keyText(key), value, depth + 1));
    }
    return fields;
  }
}

function* numbered(values: readonly unknown[]): Generator<[string, unknown]> {
  for (const [index, value] of values.entries()) yield [`[${index}]`, value];
}

function keyText(key: unknown): string {
  if (key instanceof Uint8Array) return hexOf(key);
  return typeof key === 'object' && key !== null ? '{…}' : String(key);
}

const timeOf = (date: Date) =>
  Number.isNaN(date.getTime()) ? { fault: 'This is not a time.' } : { value: date.toISOString() };

/** The values before a fault are shown. */
export function decodedFrom(
  values: Iterable<unknown>,
  size: number,
  special: (value: object) => Special | undefined,
): Decoded {
  const read: unknown[] = [];
  let fault: string | undefined;
  try {
    for (const value of values) {
      read.push(value);
      if (read.length >= LIMITS.values) break;
    }
    if (read.length === 0) fault = 'There is nothing in it.';
  } catch (error) {
    fault = `Not readable: ${error instanceof Error ? error.message : String(error)}.`;
  }
  const maker = new ValueFields(special);
  const fields = read.length > 0 ? maker.all(read) : [];
  if (maker.isCutShort) fault ??= `Only the first ${LIMITS.values.toLocaleString('en')} values are shown.`;
  return { fields, size, ...(fault !== undefined && { fault }) };
}
