import protobuf from 'protobufjs';
import { expect, test } from 'vitest';
import { fieldsJson } from '../../../shared/types/field-json.ts';
import { ProtoDecoder } from '../../../shared/types/protobuf/proto-decoder.ts';
import { readProto } from './read.ts';

const PROTO = `syntax = "proto3";
package shop;
import "side.proto";
message Order {
  uint64 id = 1; sint64 delta = 2; double price = 3; string name = 4; bytes raw = 5; Side side = 6;
  repeated int32 counts = 7; Order inner = 8; map<string, int64> totals = 9; fixed64 big = 10; bool open = 11; float f = 12;
  oneof what { int32 a = 13; string b = 14; }
}`;
const FILES: Record<string, string> = {
  'side.proto': 'syntax = "proto3"; package shop; enum Side { NONE = 0; BUY = 1; SELL = 2; }',
};
const include = (name: string) => (name in FILES ? { name, text: FILES[name] as string } : undefined);
const schema = (text = PROTO) => readProto([{ name: 'order.proto', text }], include);
const Long = protobuf.util.Long as unknown as { fromString(digits: string, unsigned?: boolean): object };
const decode = (bytes: Uint8Array) => new ProtoDecoder(schema().schema, 'shop.Order').decode(bytes);

test('a message is read with all its forms, integers of 64 bits exact', () => {
  const root = protobuf.parse(PROTO.replace('import "side.proto";', 'enum Side { NONE = 0; BUY = 1; SELL = 2; }'), {
    keepCase: true,
  }).root;
  const Order = root.lookupType('shop.Order');
  const max = Long.fromString('18446744073709551615', true);
  const min = Long.fromString('-9223372036854775808');
  const message = {
    ...{
      id: max,
      delta: min,
      price: 1.25,
      name: 'ü',
      raw: Uint8Array.of(1, 255),
      side: 2,
      counts: [1, -1],
      open: true,
      f: 0.5,
      b: 'x',
    },
    ...{ inner: { id: 7, counts: [300] }, totals: { a: min, b: 1 }, big: max },
  };
  const { fields, fault } = decode(Order.encode(Order.create(message)).finish());
  expect(fault).toBeUndefined();
  expect(fieldsJson(fields)).toEqual({
    ...{ id: '18446744073709551615', delta: '-9223372036854775808', price: 1.25, name: 'ü', raw: '01ff', side: 'SELL' },
    ...{ counts: [1, -1], inner: { id: 7, counts: [300] }, totals: { a: '-9223372036854775808', b: 1 } },
    ...{ big: '18446744073709551615', open: true, f: 0.5, b: 'x' },
  });
});

test('a field that was not declared is shown by its number', () => {
  expect(fieldsJson(decode(Uint8Array.of(0xf8, 0x06, 5)).fields)).toEqual({ '#111': 5 });
});

test('a message that is cut off is read up to there', () => {
  const { fields, fault } = decode(Uint8Array.of(8, 5, 0x22, 10, 0x41));
  expect([fieldsJson(fields), fault]).toEqual([
    { id: 5 },
    expect.stringContaining('Field 4 is longer than the message'),
  ]);
});

test.each([
  ['syntax = "proto3";\nimport "gone.proto";\nmessage M { int32 a = 1; }', '“gone.proto” is imported'],
  ['syntax = "proto3";\nmessage M { nothing a = 1; }', 'not declared'],
  ['syntax = "proto3";\n\nmessage {', 'illegal'],
])('%j is told', (text, said) => {
  expect(schema(text).problems).toMatchObject([{ severity: 'error', message: expect.stringContaining(said) }]);
});

const OLD = `syntax = "proto2";
enum Side { option allow_alias = true; NONE = 0; BUY = 1; ALSO_BUY = 1; }
message M {
  optional int32 a = 1; optional group Part = 2 { optional int32 b = 1; repeated string c = 2; }
  repeated int32 packed = 3 [packed = true]; map<int32, string> names = 5; optional Side side = 6;
  optional sint32 small = 7; optional M inner = 8; repeated M all = 9; map<string, M> by = 10;
}`;
const old = (hex: string) => {
  const { fields, fault } = new ProtoDecoder(schema(OLD).schema, 'M').decode(
    Buffer.from(hex.replaceAll(' ', ''), 'hex'),
  );
  return {
    json: fieldsJson(fields),
    fault,
    faults: fields.flatMap(({ fields: inner = [] }) => inner).flatMap((one) => one.fault ?? []),
  };
};

test.each([
  ['a group', '13 0805 120161 120162 14 0807', { part: { b: 5, c: ['a', 'b'] }, a: 7 }],
  ['a group that was not declared', 'f307 0805 0b 1001 0c f407', { '#126': { '#1': [5, { '#2': 1 }] } }],
  ['an entry of a map without its key or value', '2a00', { names: { 0: '' } }],
  ['an entry of a map without its message', '5203 0a016b', { by: { k: {} } }],
  ['a value that has two names', '3001', { side: 'BUY' }],
  ['a number of more bits than its type', '38 ffffffffff01', { small: -2147483648 }],
  ['a message that came twice', '4202 0805 4204 1801 3801', { inner: { a: 5, packed: [1], small: -1 } }],
  ['lists of a message that came twice', '4202 1801 4202 1802', { inner: { packed: [1, 2] } }],
])('%s is read as programs read it', (_, hex, json) => {
  expect(old(hex)).toEqual({ json, fault: undefined, faults: [] });
});

test.each([
  ['13 0805', { part: { b: 5 } }, 'The group of field 2 has no end'],
  ['0801 13 0805 1c', { a: 1, part: { b: 5 } }, 'A group of field 3 ends that did not begin'],
  ['0801 14', { a: 1 }, 'A group of field 2 ends that did not begin'],
  ['1a03 0102 80', { packed: [1, 2] }, 'A number has no end'],
  ['13'.repeat(100), expect.anything(), 'levels deep'],
])('what is cut off in %s is reported, and what stands before it is shown', (hex, json, fault) => {
  expect(old(hex)).toMatchObject({ json, fault: expect.stringContaining(fault) });
});

test('a part of a map that has another form is reported', () => {
  expect(old('2a05 0a0161 1200').faults).toEqual([expect.stringContaining('another form than int32')]);
});
