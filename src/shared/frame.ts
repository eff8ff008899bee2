import { decode, ExtensionCodec, encode } from '@msgpack/msgpack';

/** The path of the WebSocket. */
export const SOCKET_PATH = '/api';
/** Of MessagePack's integers none is a bigint and none is longer than 64 bits: they are written as their digits. */
const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: 0,
  encode: (value) => (typeof value === 'bigint' ? new TextEncoder().encode(String(value)) : null),
  decode: (digits) => bigintOf(new TextDecoder().decode(digits)),
});

/** Throws on what is no whole number of ours: working out a million digits would take the host's time. */
function bigintOf(digits: string): bigint {
  if (/^-?\d{1,1000}$/.test(digits)) return BigInt(digits);
  throw new RangeError('This is no whole number.');
}

/** One message as a WebSocket frame. Throws on what MessagePack has no form for, such as functions. */
export function encodeFrame(message: unknown): Uint8Array<ArrayBuffer> {
  return encode(message, { ignoreUndefined: true, extensionCodec });
}

/** Throws on anything that isn't exactly one message. Bytes in it are views of `data`. */
export function decodeFrame(data: ArrayBuffer): unknown {
  return decode(data, { extensionCodec });
}
