import { describe, expect, it } from 'vitest';
import type { AbiId } from './abi.ts';
import { Layouts } from './layout/layouts.ts';
import { entryNamed } from './listing.ts';
import type { DeclaredType, Member, TypeRef } from './model.ts';
import { type PairRow, pairRows } from './pair.ts';

const scalar = (name: string): TypeRef => ({ kind: 'scalar', name });
const member = (name: string, type: TypeRef, more: Partial<Member> = {}): Member => ({ name, type, ...more });
const TYPES = new Map<string, DeclaredType>([
  ['struct header', { kind: 'struct', members: [member('kind', scalar('short')), member('seq', scalar('long'))] }],
  [
    'struct order',
    {
      kind: 'struct',
      members: [
        member('hdr', { kind: 'named', name: 'struct header' }),
        member('urgent', scalar('bool')),
        member('at', scalar('int64_t')),
        member('venue', scalar('unsigned int'), { bits: 5 }),
        member('partial', scalar('bool'), { bits: 1 }),
        member('names', { kind: 'array', of: scalar('short'), count: 3 }),
      ],
    },
  ],
]);

const between = (a: AbiId, b: AbiId): PairRow[] =>
  pairRows([a, b].map((abi) => entryNamed(new Layouts({ abi, types: TYPES }), 'order')) as never);
const told = ({ kind, path, sides }: PairRow) => {
  const side = (one: PairRow['sides'][0]) =>
    one && `${one.offset}${one.bit ? `:${one.bit.offset}+${one.bit.width}` : `+${one.size}`}`;
  return [kind === 'padding' ? `(${path})` : path, side(sides[0]), side(sides[1])];
};

describe('a type under two ABIs', () => {
  it('has every field with its place under each, and the padding before it and at its end', () => {
    expect(between('windows-x64', 'linux-x64').map(told)).toEqual([
      ['hdr', '0+8', '0+16'],
      ['hdr.kind', '0+2', '0+2'],
      ['(hdr.seq)', '2+2', '2+6'],
      ['hdr.seq', '4+4', '8+8'],
      ['urgent', '8+1', '16+1'],
      ['(at)', '9+7', '17+7'],
      ['at', '16+8', '24+8'],
      ['venue', '24:0+5', '32:0+5'],
      ['(partial)', '25+3', null],
      ['partial', '28:0+1', '32:5+1'],
      ['(names)', '29+1', '33+1'],
      ['names', '30+6', '34+6'],
      ['()', '36+4', null],
    ]);
  });

  it('marks what differs, and nothing under one ABI twice', () => {
    const rows = between('windows-x86', 'windows-x64');
    expect(rows.filter(({ differs }) => differs)).toEqual([]);
    const moved = between('windows-x64', 'linux-x64').filter(({ differs }) => !differs);
    expect(moved.map(({ path }) => path)).toEqual(['hdr.kind']);
  });

  it('tells what is declared under one alone', () => {
    const [entry] = [entryNamed(new Layouts({ abi: 'linux-x64', types: TYPES }), 'header')];
    expect(pairRows([entry, undefined]).map(told)).toEqual([
      ['kind', '0+2', null],
      ['(seq)', '2+6', null],
      ['seq', '8+8', null],
    ]);
  });
});
