import type { FindNeedle } from '../../shared/find.ts';
import { parseHexWildcards } from '../../shared/hex/hex.ts';
import { codecOf } from '../../shared/text/codecs.ts';
import type { Encoding } from '../../shared/text/encodings.ts';
import { foldedHits } from '../../shared/text/fold.ts';
import type { Range } from '../kit/virtual/row-window.ts';

/** Where `needle` is in a text decoded from `bytes`, by index in the text. */
export function hitsInText(text: string, bytes: Uint8Array, needle: FindNeedle, encoding: Encoding = 'utf-8'): Range[] {
  if (needle.type === 'hex') return asText(text, hitsInBytes(bytes, needle, encoding), encoding);
  if (needle.ignoreCase) return foldedHits(text, needle.text);
  const { text: what } = needle;
  const hits: Range[] = [];
  if (what === '') return hits;
  for (let at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + what.length))
    hits.push({ from: at, to: at + what.length });
  return hits;
}

/** Where `needle` is in bytes. A text in any case is searched for as written. */
export function hitsInBytes(bytes: Uint8Array, needle: FindNeedle, encoding: Encoding = 'utf-8'): Range[] {
  const pattern = needle.type === 'hex' ? patternOf(needle.hex) : encoded(needle.text, encoding);
  const hits: Range[] = [];
  for (let at = 0; pattern.length > 0 && at + pattern.length <= bytes.length; ) {
    if (pattern.every((byte, i) => byte === null || byte === bytes[at + i])) {
      hits.push({ from: at, to: at + pattern.length });
      at += pattern.length;
    } else at += 1;
  }
  return hits;
}

/** The bytes to search for; null is any byte. */
function patternOf(hex: string): (number | null)[] {
  const parsed = parseHexWildcards(hex);
  return parsed.ok ? parsed.bytes : [];
}

function encoded(text: string, encoding: Encoding): number[] {
  const result = codecOf(encoding).encode(text);
  return result.ok ? [...result.bytes] : [];
}

/** Ranges of bytes as ranges of their text; a character that is matched in part is matched. */
function asText(text: string, ranges: readonly Range[], encoding: Encoding): Range[] {
  const hits: Range[] = [];
  let next = 0;
  let byte = 0;
  let index = 0;
  let start: number | null = null;
  for (const character of text) {
    const end = byte + encoded(character, encoding).length;
    const range = ranges[next];
    if (!range) break;
    if (end > range.from && start === null) start = index;
    byte = end;
    index += character.length;
    if (start !== null && byte >= range.to) {
      hits.push({ from: start, to: index });
      start = null;
      while ((ranges[next]?.from ?? Number.POSITIVE_INFINITY) < byte) next += 1;
    }
  }
  return hits;
}
