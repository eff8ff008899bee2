import { decodeUtf8 } from '../text/utf8.ts';
import { hexOf } from './payload.ts';
import type { ShownBytes } from './report.ts';

const MAX_SHOWN_BYTES = 4096;

/** Bytes as people read them. */
export function shownBytes(bytes: Uint8Array): ShownBytes {
  const first = bytes.subarray(0, MAX_SHOWN_BYTES);
  return { size: bytes.length, text: decodeUtf8(first, first.length < bytes.length), hex: hexOf(first) };
}
