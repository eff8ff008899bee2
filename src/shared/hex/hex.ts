/**
 * Hex as people and programs write it, wherever it is typed or pasted: plain digits, `0xde, 0xad`, `\xde\xad`, `de:ad`,
 * arrays of several languages (notation.ts), and hex dumps with their offsets and characters (dump.ts). Ambiguous text
 * is refused, with its position: no part of a text is ever left out or guessed.
 */
import { looksLikeDump, readDump } from './dump.ts';
import { type Cell, cellOf, HexMistake } from './mistake.ts';
import { readNotation } from './notation.ts';

export interface HexFault {
  readonly ok: false;
  /** Index of the fault in the text. */
  readonly at: number;
  /** A sentence that says what is wrong, where, and what to do. */
  readonly message: string;
}
export type ParsedHex = { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> } | HexFault;
/** A byte matches if it equals `values` in the bits of `masks`. */
export type ParsedPattern = { readonly ok: true; readonly values: Uint8Array; readonly masks: Uint8Array } | HexFault;

/** The bytes in a text. Never throws. */
export function parseHex(text: string): ParsedHex {
  const pairs = readPairs(text);
  if (pairs) return { ok: true, bytes: pairs };
  const cells = read(text, false);
  return !Array.isArray(cells) ? cells : { ok: true, bytes: Uint8Array.from(cells, ({ value }) => value) };
}

/** The same with `?` for any digit. Never throws. */
export function parseHexPattern(text: string): ParsedPattern {
  const cells = read(text, true);
  if (!Array.isArray(cells)) return cells;
  return {
    ok: true,
    values: Uint8Array.from(cells, ({ value }) => value),
    masks: Uint8Array.from(cells, ({ mask }) => mask),
  };
}

/** The same, but only whole bytes may be wildcards, which are null. Never throws. */
export function parseHexWildcards(text: string): { readonly ok: true; readonly bytes: (number | null)[] } | HexFault {
  const pattern = parseHexPattern(text);
  if (!pattern.ok) return pattern;
  const { values, masks } = pattern;
  if (masks.some((mask) => mask !== 0 && mask !== 0xff))
    return {
      ok: false,
      at: text.indexOf('?'),
      message: 'Here ?? stands for any byte; there is no ? for a single digit.',
    };
  return { ok: true, bytes: Array.from(values, (value, i) => (masks[i] === 0 ? null : value)) };
}

function read(text: string, wild: boolean): Cell[] | HexFault {
  try {
    if (looksLikeDump(text)) return readDump(text, wild);
    return readNotation(text, wild);
  } catch (error) {
    if (error instanceof HexMistake) return orDump(text, wild, error);
    throw error;
  }
}

/** Rows without offsets are only recognised by their characters. */
function orDump(text: string, wild: boolean, { at, message }: HexMistake): Cell[] | HexFault {
  try {
    const cells = looksLikeDump(text) ? [] : readDump(text, wild);
    if (cells.length > 0) return cells;
  } catch (error) {
    if (!(error instanceof HexMistake)) throw error;
  }
  return { ok: false, at, message };
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;

/** A fast path for what an editor holds: pairs of digits with white space in between. Undefined for anything else. */
function readPairs(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(Math.ceil(text.length / 2));
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (isSpace(text.charCodeAt(at))) continue;
    const cell = cellOf(text, at);
    const end = at + 2 >= text.length || isSpace(text.charCodeAt(at + 2));
    if (cell?.mask !== 0xff || !end) return undefined;
    bytes[length] = cell.value;
    length += 1;
    at += 1;
  }
  return bytes.slice(0, length);
}
