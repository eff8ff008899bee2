import { isUtf8 } from 'node:buffer';
import { buffer, textOf } from '../store/content.ts';
import type { WholeRecord } from './records.ts';

/** Bytes converted to text at once: an escaped payload of 256 MiB doesn't fit into a string. */
export const PIECE_BYTES = 1024 * 1024;

/** Valid UTF-8 as text, without splitting a character. */
function* textPieces(bytes: Uint8Array): Generator<string> {
  const source = buffer(bytes);
  for (let from = 0; from < source.length; ) {
    let to = Math.min(from + PIECE_BYTES, source.length);
    while (to < source.length && ((source[to] as number) & 0xc0) === 0x80) to--;
    yield source.toString('utf8', from, to);
    from = to;
  }
}

/**
 * A payload as text in pieces if all of it is text; otherwise null. In encodings other than UTF-8 only if it is one
 * piece.
 */
export function payloadText({ bytes, encoding }: Pick<WholeRecord, 'bytes' | 'encoding'>): Iterable<string> | null {
  if (encoding === 'utf-8') return isUtf8(bytes) ? textPieces(bytes) : null;
  const text = bytes.length > PIECE_BYTES ? null : textOf(bytes, encoding);
  return text === null ? null : text === '' ? [] : [text];
}

export function* hexPieces(bytes: Uint8Array): Generator<string> {
  const source = buffer(bytes);
  for (let from = 0; from < source.length; from += PIECE_BYTES)
    yield source.toString('hex', from, Math.min(from + PIECE_BYTES, source.length));
}
