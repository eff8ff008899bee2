import { describe, expect, test } from 'vitest';
import { BUILT_IN, parseFilter, typedCatalogue } from '../../shared/filter/filter.ts';
import { type CompiledBinding, type CompiledTypes, FORM } from '../../shared/types/compiled/compiled.ts';
import { openTypes } from '../../shared/types/compiled/open.ts';
import { FieldMatcher } from './field-matcher.ts';

const scalar = (name: string) => ({ kind: 'scalar', name }) as const;
const enumOf = (values: Readonly<Record<string, number>>) =>
  ({
    kind: 'enum',
    base: 'unsigned int',
    values: Object.entries(values).map(([name, value]) => ({ name, value: String(value) })),
  }) as const;

const types = (...bindings: Partial<CompiledBinding>[]): CompiledTypes => ({
  form: FORM,
  libraries: [
    {
      abi: 'windows-x86',
      types: [
        ['enum side', enumOf({ BUY: 1, SELL: 2 })],
        ['enum flags', enumOf({ A: 1, B: 2, C: 4, D: 8 })],
        ['struct leg', { kind: 'struct', members: [{ name: 'n', type: scalar('short') }] }],
        [
          'struct order',
          {
            kind: 'struct',
            members: [
              { name: 'id', type: scalar('long long') },
              { name: 'side', type: { kind: 'named', name: 'enum side' } },
              { name: 'flags', type: { kind: 'named', name: 'enum flags' } },
              { name: 'price', type: scalar('float') },
              { name: 'low', type: scalar('unsigned int'), bits: 4 },
              { name: 'high', type: scalar('unsigned int'), bits: 4 },
              { name: 'name', type: { kind: 'array', of: scalar('char'), count: 4 } },
              { name: 'legs', type: { kind: 'array', of: { kind: 'named', name: 'struct leg' }, count: 2 } },
            ],
          },
        ],
        ['struct other', { kind: 'struct', members: [{ name: 'price', type: scalar('int') }] }],
      ],
    },
  ],
  proto: {
    messages: [
      [
        'shop.Order',
        [
          { number: 1, name: 'price', type: 'int64', repeated: false },
          { number: 2, name: 'tags', type: 'string', repeated: true },
          { number: 3, name: 'labels', type: 'string', repeated: false, key: 'string' },
        ],
      ],
    ],
    enums: [],
  },
  bindings: bindings.map((binding) => ({ type: 'order', abi: 'windows-x86', line: 1, ...binding })),
});

function passes(filter: string, compiled: CompiledTypes, bytes: Uint8Array, lane: 's2c' | 'c2s' | null = 's2c') {
  const open = openTypes(compiled);
  const parsed = parseFilter(filter, typedCatalogue(BUILT_IN, open));
  if (!parsed.ok || parsed.filter.type !== 'field') throw new Error(parsed.ok ? 'no field' : parsed.error.message);
  // Somewhere in a larger range of bytes.
  const stretch = new Uint8Array(bytes.length + 14).fill(0xff);
  stretch.set(bytes, 5);
  const view = new DataView(stretch.buffer, 2);
  return new FieldMatcher(parsed.filter, open, 'Local\\Orders').passes(view, 3, 3 + bytes.length, lane);
}

function order(): Uint8Array {
  const view = new DataView(new ArrayBuffer(32));
  view.setBigInt64(0, 9_007_199_254_740_993n, true);
  view.setUint32(8, 2, true);
  view.setUint32(12, 5, true);
  view.setFloat32(16, 0.1, true);
  view.setUint8(20, 0xa7);
  new Uint8Array(view.buffer).set(Buffer.from('ab'), 24);
  view.setInt16(28, -3, true);
  view.setInt16(30, 9, true);
  return new Uint8Array(view.buffer);
}

test.each([
  ['order.id:9007199254740993', true],
  ['order.id:9007199254740992', false],
  ['order.id:>9007199254740992', true],
  ['order.side:sell', true],
  ['order.side:BUY,SELL', true],
  ['order.side:buy', false],
  ['order.side:2', true],
  ['order.side:>=2', true],
  ['order.flags:c', true],
  ['order.flags:b', false],
  ['order.price:0.1', true],
  ['order.price:>0.1', false],
  ['order.price:0.05..0.2', true],
  ['order.low:7', true],
  ['order.high:10', true],
  ['order.name:"ab"', true],
  ['order.name:"B"i', true],
  ['order.name:"B"', false],
  ['order.legs.n:9', true],
  ['order.legs[0].n:9', false],
  ['legs[0].n:<0', true],
  ['order.legs.n:10', false],
  ['order.legs:*', true],
])('%s is %s of the message', (filter, expected) => {
  expect(passes(filter, types({}), order())).toBe(expected);
});

test('a field beyond the end of a short message is not there', () => {
  expect(passes('order.id:*', types({}), order().subarray(0, 8))).toBe(true);
  expect(passes('order.side:*', types({}), order().subarray(0, 11))).toBe(false);
  expect(passes('order.side:0..', types({}), order().subarray(0, 11))).toBe(false);
});

describe('the first binding that holds says the type', () => {
  const bound = types(
    { channel: 'Local\\Else*', type: 'other' },
    { lane: 'c2s', type: 'other' },
    { when: 'size == 4 and i32@0 == 5', type: 'other' },
    { when: 'price > 100', type: 'other' },
    {},
  );
  const five = Uint8Array.of(5, 0, 0, 0);
  const much = Uint8Array.of(0, 1, 0, 0);

  test.each([
    ['other.price:5', five, 's2c', true],
    ['other.price:256', much, 's2c', true],
    ['other.price:5', five, 'c2s', true],
    ['other.price:*', order(), 's2c', false],
    ['order.price:0.1', order(), 's2c', true],
    ['order.price:*', order(), 'c2s', false],
  ] as const)('%s', (filter, bytes, lane, expected) => {
    expect(passes(filter, bound, bytes, lane)).toBe(expected);
  });
});

test('a field of Protobuf is found as the decoder finds it', () => {
  const compiled = types({ type: 'Order' });
  const decoder = openTypes(compiled).bindings[0]?.decoder;
  let state = 1;
  const random = (most: number) => {
    state = (state * 48271) % 2147483647;
    return state % most;
  };
  for (let n = 0; n < 3000; n++) {
    // Keys of declared and undeclared fields, in right and wrong forms, often truncated.
    const bytes = Uint8Array.from({ length: random(14) }, () =>
      random(2) ? ([8, 9, 18, 26, 34][random(5)] ?? 0) : random(256),
    );
    const value = decoder?.decode(bytes).fields.find(({ name }) => name === 'price')?.value;
    const found =
      typeof value === 'number' || typeof value === 'bigint' ? passes(`Order.price:${value}`, compiled, bytes) : null;
    expect([...bytes, found]).toEqual([...bytes, value === undefined || typeof value === 'string' ? null : true]);
    if (value === undefined) expect([...bytes, passes('Order.price:*', compiled, bytes)]).toEqual([...bytes, false]);
  }
});

test.each([
  ['"οδος"i', 'ΟΔΟΣ', true],
  ['"STRASSE"i', 'straße', true],
  ['"k"i', '\u212a', true],
  ['"s"i', 'ß', false],
])('a text in any case is compared by full case folding, as payloads are: %s in %s is %s', (text, value, expected) => {
  const bytes = Buffer.from(JSON.stringify({ a: value }));
  expect(passes(`json.a:${text}`, types({ type: 'json' }), bytes)).toBe(expected);
});

test('messages of Protobuf and JSON have fields too', () => {
  const proto = types({ type: 'Order' });
  const bytes = Uint8Array.of(8, 200, 1, 18, 1, 97, 18, 1, 98, 26, 6, 10, 1, 107, 18, 1, 118);
  expect(passes('Order.price:200', proto, bytes)).toBe(true);
  expect(passes('shop.Order.price:>200', proto, bytes)).toBe(false);
  expect(passes('Order.tags:b', proto, bytes)).toBe(true);
  expect(passes('Order.labels.k:v', proto, bytes)).toBe(true);
  const json = types({ type: 'json' });
  expect(passes('json.a.b:true', json, Buffer.from('{"a":{"b":true}}'))).toBe(true);
  expect(passes('a.b:false', json, Buffer.from('{"a":{"b":true}}'))).toBe(false);
});
