import { decode, encode } from '@msgpack/msgpack';

/** The path of the WebSocket. */
export const SOCKET_PATH = '/api';
/** One message as a WebSocket frame. Throws on what MessagePack has no form for, such as functions. */
export function encodeFrame(message: unknown): Uint8Array<ArrayBuffer> {
  return encode(message, { ignoreUndefined: true });
}

/** Throws on anything that isn't exactly one message. Bytes in it are views of `data`. */
export function decodeFrame(data: ArrayBuffer): unknown {
  return decode(data);
}
