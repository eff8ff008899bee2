/** What is written is what is read, for random declarations under every ABI. */
import { expect, test } from 'vitest';
import { ABI_IDS } from '../../shared/types/abi.ts';
import type { FieldValue } from '../../shared/types/decoder.ts';
import { Layouts } from '../../shared/types/layout/layouts.ts';
import { bytesOf, fieldAtPath } from '../../shared/types/paths.ts';
import { StructDecoder } from '../../shared/types/struct/struct-decoder.ts';
import { leavesOf } from '../../shared/types/write/leaves.ts';
import { type Written, withValue } from '../../shared/types/write/write-value.ts';
import { readC } from './c/read.ts';
import { Declarer } from './oracle/declarations.testing.ts';
import { Random } from './oracle/random.testing.ts';

const SAMPLES = 40;
const TIMES =
  'struct times { GUID id; FILETIME at; SYSTEMTIME on; time_t t; wchar_t w[5]; char32_t u[3]; char c[7]; uint8_t b[4]; long double x; bool flags[3]; };';

const NOTHING = () => undefined;
const written = ({ value, hex }: FieldValue): Written | undefined => {
  if (value === undefined || value === null) return undefined;
  return hex ? Uint8Array.from(String(value).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) : value;
};

for (const abi of ABI_IDS) {
  test(`what is written for ${abi} is read again`, async () => {
    const random = new Random(7);
    const samples = new Declarer(20).samples(SAMPLES);
    const text = `#include <stddef.h>\n${samples.map((one) => one.text).join('')}${TIMES}`;
    const { library } = await readC([{ name: 'f.h', text }], { abi, include: NOTHING });
    const layouts = new Layouts(library);
    let values = 0;
    for (const type of [...samples.map((one) => one.type), 'struct times']) {
      if (!library.types.has(type)) continue;
      const decoder = new StructDecoder(layouts, { kind: 'named', name: type });
      const payload = Uint8Array.from({ length: decoder.size }, () => random.below(256));
      const before = decoder.decode(payload);
      let bytes: Uint8Array = new Uint8Array(decoder.size);
      for (const leaf of leavesOf(decoder.plan, payload.length)) {
        const field = leaf.kind === 'leaf' ? fieldAtPath(before.fields, leaf.path) : undefined;
        const value = field && written(field);
        // In a union the last member that is written counts: each is checked separately.
        if (leaf.kind !== 'leaf' || value === undefined || (field?.fault !== undefined && !field.hex)) continue;
        bytes = withValue(bytes, leaf, value);
        const after = fieldAtPath(decoder.decode(bytes).fields, leaf.path);
        expect([type, leaf.path, after?.value, after?.text]).toEqual([type, leaf.path, field?.value, field?.text]);
        expect(bytesOf(after as FieldValue)).toEqual(bytesOf(field as FieldValue));
        values++;
      }
      expect(bytes.length).toBe(decoder.size);
    }
    expect(values).toBeGreaterThan(150);
  });
}

test('a value that does not fit is refused with what would', async () => {
  const text = 'struct s { unsigned char a; int b : 3; char c[4]; bool d; };';
  const { library } = await readC([{ name: 'f.h', text }], { abi: 'linux-x64', include: NOTHING });
  const { plan } = new StructDecoder(new Layouts(library), { kind: 'named', name: 'struct s' });
  const leaves = new Map(leavesOf(plan, 16).map((leaf) => [leaf.path, leaf]));
  const write = (path: string, value: Written) => () => {
    const leaf = leaves.get(path);
    return leaf?.kind === 'leaf' ? withValue(new Uint8Array(16), leaf, value) : undefined;
  };
  expect(write('a', 256)).toThrow('From 0 to 255.');
  expect(write('b', -5)).toThrow('From -4 to 3.');
  expect(write('c', 'größe')).toThrow('7 bytes, and there is room for 4');
  expect(write('a', 1.5)).toThrow('A whole number is needed.');
  expect(write('a', 255)()?.[0]).toBe(255);
});
