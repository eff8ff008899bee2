import { encode } from '@msgpack/msgpack';
import { encode as encodeCbor } from 'cbor2';
import { describe, expect, test } from 'vitest';
import { fieldsJson } from '../field-json.ts';
import { SELF_DESCRIBING } from './forms.ts';

const VALUE = {
  id: 2n ** 63n - 1n,
  price: 1.5,
  name: 'ü',
  flags: [true, null],
  raw: Uint8Array.of(1, 255),
  in: { n: -1 },
};
const SHOWN = { id: '9223372036854775807', price: 1.5, name: 'ü', flags: [true, null], raw: '01ff', in: { n: -1 } };
const utf8 = (text: string) => new TextEncoder().encode(text);
const decoded = (form: string, bytes: Uint8Array) => {
  const { fields, fault } = (SELF_DESCRIBING[form] as (typeof SELF_DESCRIBING)[string]).decode(bytes);
  return { json: fieldsJson(fields), fault };
};

test.each([
  ['msgpack', encode(VALUE, { useBigInt64: true })],
  ['cbor', encodeCbor(VALUE)],
  ['json', utf8('{"id":9223372036854775807,"price":1.5,"name":"ü","flags":[true,null],"raw":"01ff","in":{"n":-1}}')],
])('%s is read with integers of 64 bits exact', (form, bytes) => {
  expect(decoded(form, bytes)).toEqual({ json: SHOWN, fault: undefined });
});

test.each([
  ['msgpack', encode(7)],
  ['cbor', encodeCbor(7)],
  ['json', utf8('7')],
])('a %s that is no map is one value', (form, bytes) => {
  expect(decoded(form, bytes).json).toEqual({ value: 7 });
});

describe.each(['msgpack', 'cbor', 'json'])('%s', (form) => {
  test.each([
    ['nothing', new Uint8Array()],
    ['a list without an end', Uint8Array.of(0xdd, 0xff, 0xff, 0xff, 0xff)],
    ['a text longer than the message', Uint8Array.of(0xdb, 0xff, 0xff, 0xff, 0xff, 0x41)],
    ['lists within lists', new Uint8Array(200_000).fill(form === 'msgpack' ? 0x91 : form === 'cbor' ? 0x81 : 0x5b)],
    ['an unknown byte', Uint8Array.of(0xc1)],
  ])('tells a fault of %s', (_, bytes) => {
    expect(decoded(form, bytes).fault).toEqual(expect.any(String));
  });
});

test('a number of JSON is shown by its digits where no float says them, and NULs behind it are no fault', () => {
  const read = (text: string) => (SELF_DESCRIBING.json as (typeof SELF_DESCRIBING)[string]).decode(utf8(text));
  const shown = (text: string) => read(text).fields.map(({ value, text }) => text ?? String(value));
  const numbers = ['1e400', '-0', '0.10000000000000000001', '1.50', '9007199254740993', '9007199254740992'];
  expect(numbers.flatMap(shown)).toEqual(['1e400', '-0', '0.10000000000000000001', '1.5', ...numbers.slice(4)]);
  expect(read('{"a":1}\0\0')).toMatchObject({
    size: 7,
    rest: { offset: 7, size: 2 },
    fields: [{ name: 'a', value: 1 }],
  });
  expect(read('{"a":1}\0\0').fault).toBeUndefined();
  expect(read('{"a":1}\0x').fault).toContain('Not JSON');
  expect(read(JSON.stringify({ a: '['.repeat(2000) })).fault).toBeUndefined();
});

test('what comes before a fault is shown', () => {
  expect(decoded('cbor', Uint8Array.of(1, 2, 0x18)).json).toEqual({ '[0]': 1, '[1]': 2 });
});
