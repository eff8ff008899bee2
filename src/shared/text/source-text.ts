/** Text of files that people write, also as Windows saves them. */

/** By the byte order mark; UTF-8 without one. */
export function sourceEncoding([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

/** Without its mark; invalid bytes are `\ufffd`. */
export const sourceText = (bytes: Uint8Array): string => new TextDecoder(sourceEncoding(bytes)).decode(bytes);
