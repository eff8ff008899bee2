import { place } from './place.ts';

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export const hexByte = (byte: number): string => DIGITS[byte] as string;

/** "de ad be ef". */
export function formatHex(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 1)
    text += i === 0 ? hexByte(bytes[i] as number) : ` ${hexByte(bytes[i] as number)}`;
  return text;
}

/** Bytes as a hex dump's right side: printable ASCII, a dot for the rest. */
export function asciiColumn(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
  return text;
}

export type ParsedHex =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  /** `at`: index of the fault in the text. */
  | { readonly ok: false; readonly at: number; readonly message: string };

const digit = (code: number): number => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
};

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;

/** Reads pairs of hex digits; white space may stand between pairs, not within one. */
export function parseHex(text: string): ParsedHex {
  const bytes = new Uint8Array(Math.ceil(text.length / 2));
  let length = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) {
      at += 1;
      continue;
    }
    const high = digit(code);
    if (high < 0) return notADigit(text, at);
    if (at + 1 >= text.length || isSpace(text.charCodeAt(at + 1)))
      return { ok: false, at, message: `A byte needs two digits; "${text[at]}" at ${place(text, at)} stands alone.` };
    const low = digit(text.charCodeAt(at + 1));
    if (low < 0) return notADigit(text, at + 1);
    bytes[length] = high * 16 + low;
    length += 1;
    at += 2;
  }
  return { ok: true, bytes: bytes.slice(0, length) };
}

function notADigit(text: string, at: number): ParsedHex {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return { ok: false, at, message: `"${character}" at ${place(text, at)} is not a hex digit (0–9, a–f).` };
}
