import { decode, encode } from '@msgpack/msgpack';
import { MAX_BUFFER_SIZE } from './domain.ts';
import { MAX_IMPORT_CHUNK } from './export.ts';
import { MAX_KEPT_BYTES } from './kept.ts';

/** The path of the WebSocket. */
export const SOCKET_PATH = '/api';
/** Most bytes of a frame from a page, but for `send`, `startSending`, `importChunk` and `keep`. */
export const MAX_FRAME = 64 * 1024;
/** Most bytes of a frame with an `importChunk`. */
export const MAX_CHUNK_FRAME = MAX_IMPORT_CHUNK + 1024;
/** Most bytes of a frame with a `keep`. */
export const MAX_KEEP_FRAME = MAX_KEPT_BYTES + 1024;
/** Most bytes of a frame with a `send` or `startSending`: the largest payload, and what is around it. */
export const MAX_SEND_FRAME = MAX_BUFFER_SIZE + 1024;

/** One message as a WebSocket frame. Throws on what MessagePack has no form for, such as functions. */
export function encodeFrame(message: unknown): Uint8Array<ArrayBuffer> {
  return encode(message, { ignoreUndefined: true });
}

/** Throws on anything that isn't exactly one message. Bytes in it are views of `data`. */
export function decodeFrame(data: ArrayBuffer): unknown {
  return decode(data);
}
