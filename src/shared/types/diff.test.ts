import { expect, test } from 'vitest';
import { ABI_IDS, type AbiId } from './abi.ts';
import { differencesOf } from './diff.ts';
import { Layouts } from './layout/layouts.ts';
import type { Member, StructType, TypeRef } from './model.ts';

const scalar = (name: string): TypeRef => ({ kind: 'scalar', name });
const member = (name: string, type: string, more: Partial<Member> = {}): Member => ({
  name,
  type: scalar(type),
  ...more,
});

function layoutsOf(abi: AbiId, members: readonly Member[]): Layouts {
  const type: StructType = { kind: 'struct', members };
  return new Layouts({ abi, types: new Map([['struct s', type]]) });
}

const between = (a: AbiId, b: AbiId, members: readonly Member[]) =>
  differencesOf(layoutsOf(a, members), layoutsOf(b, members))[0];

test('a long tells its sizes, what moves because of it, and what to write instead', () => {
  const found = between('windows-x64', 'linux-x64', [member('a', 'int'), member('id', 'long'), member('b', 'int')]);
  expect(found?.size).toEqual([12, 24]);
  expect(found?.moves.map(({ path, offset }) => [path, ...offset])).toEqual([
    ['id', 4, 8],
    ['b', 8, 16],
  ]);
  expect(found?.reasons).toEqual([
    '“long id” is 4 bytes on Windows x64 and 8 on Linux x64; everything after it moves by 8.',
  ]);
  expect(found?.advice).toEqual(['Declare “id” as int32_t or int64_t: these have the same size everywhere.']);
});

test('an alignment tells where it comes from', () => {
  const found = between('windows-x86', 'linux-x86', [
    member('a', 'int'),
    member('price', 'double'),
    member('b', 'int'),
  ]);
  expect(found?.reasons).toEqual([
    '“double price” is aligned to 8 bytes on Windows x86 and to 4 on Linux x86; it and everything after it move by 4.',
  ]);
  expect(found?.advice[0]).toContain('Add padding before “price”');
});

test('bitfields of different types tell that they share storage on Linux alone', () => {
  const found = between('windows-x64', 'linux-x64', [
    member('a', 'unsigned char', { bits: 3 }),
    member('b', 'unsigned int', { bits: 5 }),
  ]);
  expect(found?.reasons[0]).toContain('share storage on Linux x64 and not on Windows x64');
});

test('the last member changes the size of the type', () => {
  const found = between('windows-x86', 'windows-x64', [member('a', 'int'), member('p', 'HANDLE')]);
  expect(found?.reasons).toEqual(['“HANDLE p” is 4 bytes on Windows x86 and 8 on Windows x64; the type changes by 8.']);
});

test('fixed widths and padding of one’s own are the same everywhere', () => {
  const members = [
    member('a', 'uint32_t'),
    member('padding', 'uint32_t'),
    member('b', 'int64_t'),
    member('c', 'double'),
  ];
  for (const a of ABI_IDS) for (const b of ABI_IDS) expect(between(a, b, members)?.moves ?? []).toEqual([]);
});
