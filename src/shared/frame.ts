import { decode, ExtensionCodec, encode } from '@msgpack/msgpack';

/** The path of the WebSocket. */
export const SOCKET_PATH = '/api';
/** None of MessagePack's integers is a bigint or longer than 64 bits: larger ones are written as their digits. */
const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: 0,
  encode: (value) => (typeof value === 'bigint' ? new TextEncoder().encode(String(value)) : null),
  decode: (digits) => bigintOf(new TextDecoder().decode(digits)),
});

/** Throws if it isn't a whole number of ours: parsing a million digits would take the host's time. */
function bigintOf(digits: string): bigint {
  if (/^-?\d{1,1000}$/.test(digits)) return BigInt(digits);
  throw new RangeError('Not a whole number.');
}

/** One message as a WebSocket frame. Throws for what MessagePack can't encode, such as functions. */
export function encodeFrame(message: unknown): Uint8Array<ArrayBuffer> {
  return encode(message, { ignoreUndefined: true, extensionCodec });
}

/** Throws for anything that isn't exactly one message. Bytes in it are views of `data`. */
export function decodeFrame(data: ArrayBuffer): unknown {
  return decode(data, { extensionCodec });
}
