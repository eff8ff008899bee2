import { isUtf8 } from 'node:buffer';
import type { JsonContent } from '../../shared/json-record.ts';

/** Bytes as a Buffer over the same memory. */
export const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A payload's bytes as text where they are valid UTF-8 (a BOM stays), else as hex. */
export function contentOf(bytes: Uint8Array): JsonContent {
  return isUtf8(bytes) ? { text: buffer(bytes).toString('utf8') } : { hex: buffer(bytes).toString('hex') };
}
