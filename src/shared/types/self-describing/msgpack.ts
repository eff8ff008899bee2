import { decodeMulti, ExtData } from '@msgpack/msgpack';
import type { Decoder } from '../decoder.ts';
import { decodedFrom, type Special } from './values.ts';

/** MessagePack: one value, or several one after the other. */
export const MESSAGEPACK: Decoder = {
  id: 'msgpack',
  version: '1',
  fields: [],
  decode: (bytes) => decodedFrom(valuesIn(bytes), bytes.length, specialOf),
};

/** What a header claims can't exceed the number of bytes. */
function valuesIn(bytes: Uint8Array): Iterable<unknown> {
  const most = bytes.length;
  return decodeMulti(bytes, {
    useBigInt64: true,
    maxStrLength: most,
    maxBinLength: most,
    maxArrayLength: most,
    maxMapLength: most,
    maxExtLength: most,
    mapKeyConverter: (key) => (typeof key === 'string' || typeof key === 'number' ? key : String(key)),
  });
}

function specialOf(value: object): Special | undefined {
  if (!(value instanceof ExtData)) return undefined;
  const { type, data } = value;
  return { type: `ext ${type}`, value: typeof data === 'function' ? data(0) : data };
}
