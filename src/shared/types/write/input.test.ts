import { describe, expect, it } from 'vitest';
import { textOf } from '../struct/characters.ts';
import type { ScalarPlan } from '../struct/plan.ts';
import { readScalar } from '../struct/scalar.ts';
import { canCompute, crc32, suggested, withComputed } from './computed.ts';
import { inputHint, inputText, readInput } from './input.ts';
import type { Leaf } from './leaves.ts';
import { withValue } from './write-value.ts';

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

  it('is a time to the last digit that is shown, so that reading a field and writing it changes nothing', () => {
    const ticks = 134_246_178_001_234_567n;
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, ticks, true);
    const plan = { kind: 'scalar', type: 'FILETIME', size: 8, format: 'filetime' } as const;
    const shown = inputText({ name: 't', type: 'FILETIME', ...readScalar(plan, view, 0) });
    expect(shown).toBe('2026-05-30T12:30:00.1234567Z');
    expect(read(plan, shown)).toBe(ticks);
  });

  it('is a time only where it says by itself when that is', () => {
    const plan = { format: 'unix-time', size: 8 } as const;
    const hour = 3600n;
    expect(read(plan, '1970-01-01T02:00:00+01:00')).toBe(hour);
    expect(read(plan, '1970-01-01 01:00Z')).toBe(hour);
    expect(read(plan, '1969-12-31T23:00:00Z')).toBe(-hour);
    expect(['1970-01-01T01:00:00', '1970-01-01'].map((text) => read(plan, text))).toEqual([
      expect.stringContaining('zone'),
      expect.stringContaining('zone'),
    ]);
    for (const text of ['2026-02-30T00:00:00Z', 'foo 1', 'May 2026', '1970-01-01T25:00Z', '12:00', '']) {
      expect(read(plan, text), text).toEqual(expect.any(String));
    }
    expect(read(plan, '1970-01-01T00:00:00.500Z')).toBe('This field holds whole seconds.');
  });

  it('is a float that its type holds, and none that would become infinite or nothing', () => {
    expect(read({ format: 'float', size: 8 }, '1e39')).toBe(1e39);
    expect(read({ format: 'float', size: 4 }, '1e39')).toBe("A float of 32 bits can't be so large.");
    expect(read({ format: 'float', size: 8 }, '1e400')).toBe("A float of 64 bits can't be so large.");
    expect(read({ format: 'float', size: 8 }, '-1e-400')).toBe("A float of 64 bits can't be so small.");
    expect(['0', '-0.0', '0e5'].map((text) => read({ format: 'float', size: 4 }, text))).toEqual([0, -0, 0]);
  });

  it('is hex in all its usual writings where the field is bytes, and nothing half taken', () => {
    const bytes = { kind: 'array', type: 'uint8_t[4]', size: 4, count: 4 } as const;
    const element = { kind: 'scalar', type: 'uint8_t', size: 1, format: 'uint' } as const;
    const leaf = { ...leafOf('raw', {}), size: 4, plan: { ...bytes, element } } as unknown as Leaf;
    const typed = (text: string) => readInput(leaf, text);
    const wanted = Uint8Array.of(0xde, 0xad, 0xbe, 0xef);
    for (const text of [
      'de ad be ef',
      'DE:AD:BE:EF',
      'de-ad-be-ef',
      '\\xde\\xad\\xbe\\xef',
      '{0xDE, 0xAD, 0xBE, 0xEF}',
    ])
      expect(typed(text), text).toEqual({ ok: true, value: wanted });
    for (const text of ['100x20', 'de a', '0000  de ad be  ....']) expect(typed(text).ok, text).toBe(false);
  });
});

it('a SYSTEMTIME has the milliseconds that its fraction says, and all that it shows', () => {
  const plan = { kind: 'scalar', type: 'SYSTEMTIME', size: 16, format: 'systemtime' } as const;
  const leaf = { ...leafOf('t', {}), size: 16, plan } as Leaf;
  const written = (text: string) =>
    readScalar(plan, new DataView(withValue(new Uint8Array(16), leaf, text).buffer), 0).value;
  const second = '2026-11-27 06:30:00';
  expect(['', '.5', '.05', '.005', '.123'].map((end) => written(second + end))).toEqual(
    ['.000', '.500', '.050', '.005', '.123'].map((end) => second + end),
  );
  expect(() => written(`${second}Z`)).toThrow('Such as');
});

it("a text field whose bytes aren't text keeps them, and a text that looks like bytes stays text", () => {
  const element = { kind: 'scalar', type: 'char', size: 1, format: 'char' } as const;
  const plan = { kind: 'array', type: 'char[8]', size: 8, element, count: 8 } as unknown as ScalarPlan;
  const leaf = { ...leafOf('name', {}), size: 8, plan } as unknown as Leaf;
  const again = (bytes: Uint8Array) => {
    const field = { name: 'name', type: 'char', ...textOf(element, bytes) };
    const input = readInput(leaf, inputText(field), field);
    return input.ok ? withValue(new Uint8Array(8), leaf, input.value) : input.message;
  };
  const umlauts = Uint8Array.of(0x47, 0x72, 0xfc, 0xdf, 0x65, 0, 0, 0);
  expect(inputText({ name: 'name', type: 'char', ...textOf(element, umlauts) })).toBe('\\x47\\x72\\xfc\\xdf\\x65');
  expect(again(umlauts)).toEqual(umlauts);
  const literal = new Uint8Array(8);
  literal.set(new TextEncoder().encode('\\xff'));
  expect(again(literal)).toEqual(literal);
});

describe('what is computed', () => {
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
