import { describe, expect, it } from 'vitest';
import type { Decoded, FieldValue } from '../../../shared/types/decoder.ts';
import { bytesOf, fieldAtPath, withoutIndexes } from '../../../shared/types/paths.ts';
import { pathsAtByte, rowsOf, sideways } from './field-rows.ts';

const leaf = (name: string, offset: number, value: number): FieldValue => ({
  name,
  type: 'int',
  offset,
  size: 4,
  value,
});
const legs = (count: number): FieldValue => ({
  ...{ name: 'legs', type: 'struct leg[]', offset: 8, size: count * 8, list: true },
  fields: Array.from({ length: count }, (_, index) => ({
    ...{ name: `[${index}]`, type: 'struct leg', offset: 8 + index * 8, size: 8 },
    fields: [leaf('id', 8 + index * 8, index), leaf('price', 12 + index * 8, 100 + index)],
  })),
});
const hdr: FieldValue = {
  name: 'hdr',
  type: 'struct hdr',
  offset: 0,
  size: 8,
  fields: [leaf('id', 0, 7), leaf('seq', 4, 9)],
};
const decoded = (...fields: FieldValue[]): Decoded => ({ fields, size: 0 });
const paths = (what: Decoded, opened: [string, boolean][] = []) =>
  rowsOf(what, new Map(opened)).map(({ path }) => path);

describe('the tree of fields', () => {
  it('is open where little is in it, and closed where much is', () => {
    expect(paths(decoded(hdr, legs(2)))).toEqual([
      ...['hdr', 'hdr.id', 'hdr.seq', 'legs', 'legs[0]', 'legs[0].id', 'legs[0].price'],
      ...['legs[1]', 'legs[1].id', 'legs[1].price'],
    ]);
    expect(paths(decoded(hdr, legs(100)))).toEqual(['hdr', 'hdr.id', 'hdr.seq', 'legs']);
  });

  it('opens and closes what is opened and closed by hand', () => {
    expect(
      paths(decoded(hdr, legs(100)), [
        ['hdr', false],
        ['legs', true],
      ]).slice(0, 3),
    ).toEqual(['hdr', 'legs', 'legs[0]']);
  });

  it('finds the innermost field of a byte, with those that it lies in', () => {
    expect(pathsAtByte([hdr, legs(3)], 21)).toEqual(['legs', 'legs[1]', 'legs[1].price']);
    expect(pathsAtByte([hdr, legs(3)], 500)).toEqual([]);
  });

  it('goes into a field and out of it by the arrows to the side', () => {
    const rows = rowsOf(decoded(hdr, legs(100)), new Map());
    expect(sideways(rows, 0, 'ArrowRight')).toEqual({ go: 1 });
    expect(sideways(rows, 3, 'ArrowRight')).toEqual({ open: true });
    expect(sideways(rows, 0, 'ArrowLeft')).toEqual({ open: false });
    expect(sideways(rows, 2, 'ArrowLeft')).toEqual({ go: 0 });
    expect(sideways(rows, 3, 'ArrowLeft')).toBeUndefined();
  });
});

describe('a path', () => {
  it('names a field, and of a list without an index its first element', () => {
    expect(fieldAtPath([hdr, legs(3)], 'legs[2].price')?.value).toBe(102);
    expect(fieldAtPath([hdr, legs(3)], 'legs.price')?.value).toBe(100);
    expect(fieldAtPath([hdr], 'hdr.none')).toBeUndefined();
    expect(withoutIndexes('legs[2].price')).toBe('legs.price');
  });

  it('of a bitfield has the bytes that its bits touch', () => {
    const bits = { name: 'b', type: 'unsigned int', offset: 4, size: 4 };
    expect(bytesOf({ ...bits, bit: { offset: 3, width: 2 } })).toEqual({ from: 4, to: 5 });
    expect(bytesOf({ ...bits, bit: { offset: 13, width: 5 } })).toEqual({ from: 5, to: 7 });
  });
});
