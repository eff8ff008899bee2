import { describe, expect, it } from 'vitest';
import type { ScalarPlan } from '../struct/plan.ts';
import { canCompute, crc32, suggested, withComputed } from './computed.ts';
import { inputHint, inputText, readInput } from './input.ts';
import type { Leaf } from './leaves.ts';

const leafOf = (name: string, plan: Partial<ScalarPlan>, offset = 0): Leaf => {
  const whole = { kind: 'scalar', type: 'int', size: 4, format: 'int', ...plan } as const;
  return { ...{ kind: 'leaf', name, path: name, depth: 0, offset, size: whole.size }, plan: whole };
};
const read = (plan: Partial<ScalarPlan>, text: string) => {
  const input = readInput(leafOf('x', plan), text);
  return input.ok ? input.value : input.message;
};
const SIDES = new Map([
  [1n, 'BUY'],
  [2n, 'SELL'],
  [4n, 'SHORT'],
]);

describe('what is typed for a field', () => {
  it('is a number, in decimal or hex, within what its type holds', () => {
    expect(['12', '-0x10', ' 7 ', "'A'"].map((text) => read({}, text))).toEqual([12n, -16n, 7n, 65n]);
    expect(read({ format: 'uint', size: 1 }, '256')).toBe('From 0 to 255.');
    expect(read({}, 'abc')).toBe('A whole number is needed.');
    expect(read({ format: 'float' }, '-inf')).toBe(Number.NEGATIVE_INFINITY);
    expect(read({ format: 'float' }, '')).toBe('A number is needed.');
  });

  it('is a name of an enum, or several of one with flags', () => {
    const plan = { names: SIDES, flags: true, type: 'enum side' };
    expect(['SELL', 'BUY | SHORT', '9'].map((text) => read(plan, text))).toEqual([2n, 5n, 9n]);
    expect(read(plan, 'NONE')).toBe('One of the names, or a number.');
    expect(inputHint(leafOf('x', plan))).toBe('BUY | SELL | SHORT');
  });

  it('is a time as it is shown', () => {
    const shown = inputText({ name: 't', type: 'time_t', value: 0, text: '1970-01-01T00:00:00.000Z' });
    expect(read({ format: 'unix-time', size: 8 }, shown)).toBe(0n);
    expect(read({ format: 'filetime', size: 8 }, '1601-01-01T00:00:01.000Z')).toBe(10_000_000n);
  });
});

describe('what is worked out', () => {
  const leaves = [
    leafOf('length', { format: 'uint', size: 2 }),
    leafOf('body', { format: 'uint' }, 4),
    leafOf('crc', { format: 'uint' }, 8),
  ];

  it('is suggested by its name, and can only be a number that is wide enough', () => {
    expect(leaves.map(suggested)).toEqual(['size', undefined, 'crc32']);
    expect(canCompute(leafOf('length', { format: 'uint', size: 1 }))).toBe(false);
  });

  it('is the length first, and then what is over it', () => {
    const bytes = Uint8Array.of(0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0);
    const done = withComputed(
      bytes,
      leaves,
      new Map([
        ['crc', 'crc32'],
        ['length', 'size'],
      ]),
    );
    expect([...done.subarray(0, 2)]).toEqual([12, 0]);
    expect(new DataView(done.buffer).getUint32(8, true)).toBe(crc32(done.subarray(0, 8)));
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });
});
