/** Every decoder against random payloads. `npm run test:types` reads 10,000,000 of them. */
import { encode } from '@msgpack/msgpack';
import { encode as encodeCbor } from 'cbor2';
import { beforeAll, expect, test, vi } from 'vitest';
import { ABI_IDS } from '../../shared/types/abi.ts';
import type { Decoder } from '../../shared/types/decoder.ts';
import { fieldsJson } from '../../shared/types/field-json.ts';
import { Layouts } from '../../shared/types/layout/layouts.ts';
import { ProtoDecoder } from '../../shared/types/protobuf/proto-decoder.ts';
import { SELF_DESCRIBING } from '../../shared/types/self-describing/forms.ts';
import { StructDecoder } from '../../shared/types/struct/struct-decoder.ts';
import { isExhaustive } from '../sample.testing.ts';
import { readC } from './c/read.ts';
import { Declarer } from './oracle/declarations.testing.ts';
import { Random } from './oracle/random.testing.ts';
import { readProto } from './proto/read.ts';

vi.setConfig({ testTimeout: 3_600_000 });

/** For each of the five kinds of decoder. */
const PAYLOADS = isExhaustive ? 2_000_000 : 4000;
/** ms of computing for one payload: far from a hang. */
const LIMIT_MS = 1000;

const VALUE = { id: 2n ** 63n - 1n, a: [1, -1, 1.5, null, { b: 'text', c: [[[]]] }], raw: Uint8Array.of(1, 2, 3) };
const PROTO = `syntax = "proto3"; message M { int32 a = 1; string b = 2; M c = 3; repeated double d = 4;
  map<string, M> e = 5; repeated sint64 f = 6; fixed32 g = 7; E h = 8; bytes i = 9; } enum E { X = 0; }`;
const utf8 = (text: string) => new TextEncoder().encode(text);
const SAMPLES: Readonly<Record<string, Uint8Array>> = {
  msgpack: encode(VALUE, { useBigInt64: true }),
  cbor: encodeCbor(VALUE),
  json: utf8('{"a":[1,-1.5e3,null,true,{"b":"t\\u0041ext","c":[[[]]]}],"id":9223372036854775807}'),
  protobuf: Uint8Array.of(
    8,
    5,
    0x12,
    1,
    0x41,
    0x1a,
    4,
    8,
    1,
    0x32,
    0,
    0x22,
    8,
    0,
    0,
    0,
    0,
    0,
    0,
    0xf0,
    0x3f,
    0x2a,
    5,
    10,
    1,
    0x41,
    0x12,
    0,
  ),
};

let structs: StructDecoder[] = [];
let proto: ProtoDecoder;

beforeAll(async () => {
  for (const abi of ABI_IDS) {
    const samples = new Declarer(7).samples(60);
    const text = samples.map((sample) => sample.text).join('');
    const { library } = await readC([{ name: 'random.h', text }], { abi, include: () => undefined });
    const layouts = new Layouts(library);
    structs = [...structs, ...samples.map(({ type }) => new StructDecoder(layouts, { kind: 'named', name: type }))];
  }
  const { schema } = readProto([{ name: 'm.proto', text: PROTO }], () => undefined);
  proto = new ProtoDecoder(schema, 'M');
});

function payload(random: Random, around: number, sample: Uint8Array | undefined): Uint8Array {
  const length = sample && random.chance(60) ? sample.length : random.below(random.chance(80) ? around + 8 : 600);
  // It is surrounded by other data, as in a chunk of a capture.
  const chunk = new Uint8Array(length + 32).fill(0xee);
  const bytes = chunk.subarray(16, 16 + length);
  for (let at = 0; at < length; at++) bytes[at] = random.below(random.chance(10) ? 3 : 256);
  if (sample && length === sample.length) {
    bytes.set(sample);
    for (let times = random.below(4); times > 0; times--) bytes[random.below(length)] = random.below(256);
  }
  return bytes;
}

/** The result must not depend on the surroundings. */
function read(decoder: Decoder, bytes: Uint8Array, isCompared: boolean): void {
  const start = process.threadCpuUsage();
  const decoded = decoder.decode(bytes);
  const { user, system } = process.threadCpuUsage(start);
  if ((user + system) / 1000 > LIMIT_MS)
    throw new Error(`${decoder.id} took too long: ${Buffer.from(bytes).toString('hex')}`);
  if (decoded.size > bytes.length) throw new Error(`${decoder.id} read beyond ${Buffer.from(bytes).toString('hex')}`);
  if (!isCompared) return;
  expect(decoder.decode(bytes.slice())).toEqual(decoded);
  JSON.stringify(fieldsJson(decoded.fields));
}

test.each(['struct', 'msgpack', 'cbor', 'json', 'protobuf'])(
  '%s: no payload is a crash, a hang or a read outside',
  (kind) => {
    const random = new Random(kind.length);
    for (let n = 0; n < PAYLOADS; n++) {
      const struct = structs[n % structs.length] as StructDecoder;
      const decoder = kind === 'struct' ? struct : kind === 'protobuf' ? proto : (SELF_DESCRIBING[kind] as Decoder);
      const bytes = payload(random, kind === 'struct' ? struct.size : 40, SAMPLES[kind]);
      try {
        read(decoder, bytes, n % 50 === 0);
      } catch (error) {
        throw new Error(`${decoder.id}: ${Buffer.from(bytes).toString('hex')}`, { cause: error });
      }
    }
  },
);
