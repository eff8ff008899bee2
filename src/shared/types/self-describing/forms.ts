import type { Decoder } from '../decoder.ts';
import { CBOR } from './cbor.ts';
import { JSON_DECODER } from './json.ts';
import { MESSAGEPACK } from './msgpack.ts';

/** Formats that need no declaration: the payload names its own fields. By id. */
export const SELF_DESCRIBING: Readonly<Record<string, Decoder>> = {
  [MESSAGEPACK.id]: MESSAGEPACK,
  [CBOR.id]: CBOR,
  [JSON_DECODER.id]: JSON_DECODER,
};
