import { describe, expect, test } from 'vitest';
import type { AbiId } from './abi.ts';
import { Fit } from './fit.ts';
import { Layouts } from './layout/layouts.ts';
import type { DeclaredType, Member, TypeRef } from './model.ts';
import { payloadVerdict } from './verdict.ts';

const scalar = (name: string): TypeRef => ({ kind: 'scalar', name });
const member = (name: string, type: string | TypeRef): Member => ({
  name,
  type: typeof type === 'string' ? scalar(type) : type,
});
const SIDE: TypeRef = { kind: 'named', name: 'enum side' };

function fitOf(abi: AbiId, members: readonly Member[]): Fit {
  const types = new Map<string, DeclaredType>([
    [
      'enum side',
      {
        kind: 'enum',
        base: 'unsigned int',
        values: [
          { name: 'BUY', value: 1n },
          { name: 'SELL', value: 2n },
        ],
      },
    ],
    ['struct s', { kind: 'struct', members }],
  ]);
  return new Fit(new Layouts({ abi, types }), { kind: 'named', name: 'struct s' });
}

const verdictOf = (members: readonly Member[], read: AbiId, other: AbiId, bytes: Uint8Array) =>
  payloadVerdict(bytes, fitOf(read, members), [fitOf(other, members)]);

describe('a message that fits only the other ABI', () => {
  test('by its size', () => {
    const members = [member('id', 'long'), member('n', 'int')];
    expect(verdictOf(members, 'windows-x64', 'linux-x64', new Uint8Array(16))).toMatchObject({
      built: 'linux-x64',
      why: 'It fits Linux x64 and not Windows x64: the type has 8 bytes on Windows x64, the message 16.',
    });
  });

  test('by its padding', () => {
    const members = [member('a', 'int'), member('b', 'int64_t'), member('c', 'int')];
    // 16 bytes there and 24 here are too different: a second number makes both 24.
    const all = [...members, member('d', 'int64_t')];
    const bytes = new Uint8Array(24).fill(1);
    expect(verdictOf(all, 'windows-x86', 'linux-x86', bytes)).toMatchObject({
      ...{ built: 'linux-x86', proof: { from: 24, to: 24 } },
    });
    expect(verdictOf(all, 'linux-x86', 'windows-x86', bytes)).toBeUndefined();
  });

  test('by an enum', () => {
    const members = [member('p', 'size_t'), member('side', SIDE), member('x', 'int'), member('q', 'int64_t')];
    const bytes = new Uint8Array(24);
    bytes[8] = 1;
    expect(verdictOf(members, 'windows-x64', 'windows-x86', bytes)).toBeUndefined();
    const verdict = verdictOf(members, 'windows-x86', 'windows-x64', bytes);
    expect(verdict?.why).toContain('“side” would be 0');
    expect(verdict?.proof).toEqual({ from: 4, to: 8 });
  });

  test('but not by an enum of flags of which none is set', () => {
    const values = [1n, 2n, 4n].map((value) => ({ name: `F${value}`, value }));
    const types = new Map<string, DeclaredType>([
      ['enum flags', { kind: 'enum', base: 'unsigned int', values }],
      ['struct s', { kind: 'struct', members: [member('f', { kind: 'named', name: 'enum flags' })] }],
    ]);
    const fit = new Fit(new Layouts({ abi: 'linux-x64', types }), { kind: 'named', name: 'struct s' });
    expect(fit.contentDoubt(new Uint8Array(4))).toBeUndefined();
    expect(fit.contentDoubt(Uint8Array.of(8, 0, 0, 0))?.text).toContain('“f” would be 8');
  });

  test('but not where it fits neither', () => {
    expect(verdictOf([member('id', 'long')], 'windows-x64', 'linux-x64', new Uint8Array(5))).toBeUndefined();
  });
});

test('no message that fits both is reported', () => {
  const members = [member('a', 'int'), member('b', 'bool'), member('side', SIDE), member('d', 'double')];
  const pairs = (['windows-x86', 'windows-x64', 'linux-x64'] as const).map((abi) => fitOf(abi, members));
  let state = 1;
  const random = () => {
    state = (state * 48271) % 2147483647;
    return state & 0xff;
  };
  for (let n = 0; n < 10_000; n++) {
    const bytes = Uint8Array.from({ length: 24 }, random);
    // The bool, its padding, the enum, its padding.
    bytes.set([n & 1, 0, 0, 0, 1 + (n & 1), 0, 0, 0, 0, 0, 0, 0], 4);
    for (const own of pairs) expect(payloadVerdict(bytes, own, pairs)).toBeUndefined();
  }
});
