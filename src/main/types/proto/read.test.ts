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
