import type { FieldValue } from './decoder.ts';

/** The path of a field within the one at `parent`: `hdr.id`, `legs[2]`, `legs[2].price`. */
export const pathWithin = (parent: string, name: string): string =>
  parent === '' || name.startsWith('[') ? parent + name : `${parent}.${name}`;

/** The field at a path as {@link pathWithin} builds it; for a list without an index in the path, its first element. */
export function fieldAtPath(fields: readonly FieldValue[], path: string): FieldValue | undefined {
  let at: readonly FieldValue[] | undefined = fields;
  let found: FieldValue | undefined;
  for (const name of path.split(/\.|(?=\[)/)) {
    if (found?.list && !name.startsWith('[')) at = at?.[0]?.fields;
    found = at?.find((one) => one.name === name);
    at = found?.fields;
  }
  return found;
}

/** The fields at the parts of a path; for a list without an index, those of each element. */
export function* fieldsAt(fields: readonly FieldValue[], [name, ...rest]: readonly string[]): Generator<FieldValue> {
  for (const field of fields) {
    if (field.name !== name) continue;
    const isEach = field.list && !rest[0]?.startsWith('[');
    if (!isEach) yield* rest.length === 0 ? [field] : fieldsAt(field.fields ?? [], rest);
    else
      for (const element of field.fields ?? [])
        yield* rest.length === 0 ? [element] : fieldsAt(element.fields ?? [], rest);
  }
}

/** The path without the indexes of elements, as filters name it. */
export const withoutIndexes = (path: string): string => path.replace(/\[\d+\]/g, '');

/** `to` not included. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** Bytes that a field is in, for a bitfield those that its bits touch; undefined if it has no position. */
export function bytesOf({ offset, size, bit }: FieldValue): ByteRange | undefined {
  if (offset === undefined || size === undefined) return undefined;
  if (!bit) return { from: offset, to: offset + size };
  return { from: offset + Math.floor(bit.offset / 8), to: offset + Math.ceil((bit.offset + bit.width) / 8) };
}
