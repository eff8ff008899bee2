import { buffer } from '../content.ts';

/** Bytes that are turned into text at once: a payload of 256 MiB, escaped, is more than a string can hold. */
export const PIECE_BYTES = 1024 * 1024;

/** Valid UTF-8 as text, no character split. */
export function* textPieces(bytes: Uint8Array): Generator<string> {
  const source = buffer(bytes);
  for (let from = 0; from < source.length; ) {
    let to = Math.min(from + PIECE_BYTES, source.length);
    while (to < source.length && ((source[to] as number) & 0xc0) === 0x80) to--;
    yield source.toString('utf8', from, to);
    from = to;
  }
}

export function* hexPieces(bytes: Uint8Array): Generator<string> {
  const source = buffer(bytes);
  for (let from = 0; from < source.length; from += PIECE_BYTES)
    yield source.toString('hex', from, Math.min(from + PIECE_BYTES, source.length));
}
