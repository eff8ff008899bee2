import { decodeUtf8 } from '../text/utf8.ts';
import { hexOf } from './payload.ts';
import type { ShownBytes } from './report.ts';

const MAX_SHOWN_BYTES = 4096;

/** Bytes as people read them. `size`: of the whole, if these are only its beginning. */
export function shownBytes(bytes: Uint8Array, size = bytes.length): ShownBytes {
  const first = bytes.subarray(0, MAX_SHOWN_BYTES);
  return { size, text: decodeUtf8(first, first.length < size), hex: hexOf(first) };
}
