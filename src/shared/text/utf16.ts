import type { Codec } from './codec.ts';
import type { Run } from './utf8.ts';

const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number) => unit >= 0xdc00 && unit < 0xe000;

/** Units converted to text at once: the arguments that a function takes. */
const STEP = 0x4000;

/** UTF-16 in either order. Lone surrogates and an odd last byte aren't text. A byte order mark is a character. */
export function utf16Codec(encoding: 'utf-16le' | 'utf-16be'): Codec {
  const isLittle = encoding === 'utf-16le';
  const unitsOf = (bytes: Uint8Array): Uint16Array => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const units = new Uint16Array(bytes.length >> 1);
    for (let at = 0; at < units.length; at++) units[at] = view.getUint16(2 * at, isLittle);
    return units;
  };
  return {
    runs: (bytes) => runs(unitsOf(bytes), bytes),
    decode: (bytes, cut = false) => {
      const units = unitsOf(bytes);
      const isCut = cut && isHigh(units.at(-1) ?? 0);
      if (bytes.length % 2 !== 0 && !cut) return null;
      const text = textOf(isCut ? units.subarray(0, -1) : units);
      return text.isWellFormed() ? text : null;
    },
    encode: (text) => {
      const half = text.search(/\p{Cs}/u);
      if (half >= 0) return { ok: false, at: half, length: 1 };
      const view = new DataView(new ArrayBuffer(2 * text.length));
      for (let at = 0; at < text.length; at++) view.setUint16(2 * at, text.charCodeAt(at), isLittle);
      return { ok: true, bytes: new Uint8Array(view.buffer) };
    },
    characterStart: (bytes, at) => {
      const start = at + (at % 2);
      const [before, here] = unitsOf(bytes.subarray(Math.max(0, start - 2), start + 2));
      const isWithin = start >= 2 && isHigh(before ?? 0) && isLow(here ?? 0);
      return Math.min(bytes.length, isWithin ? start + 2 : start);
    },
  };
}

function textOf(units: Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += STEP) text += String.fromCharCode(...units.subarray(at, at + STEP));
  return text;
}

function runs(units: Uint16Array, bytes: Uint8Array): Run[] {
  const found: Run[] = [];
  let from = 0;
  const flush = (to: number) => {
    if (to > from) found.push({ text: textOf(units.subarray(from, to)) });
  };
  const stray = (at: number) => found.push({ byte: bytes[at] as number });
  for (let at = 0; at < units.length; at++) {
    const unit = units[at] as number;
    if (isHigh(unit) && isLow(units[at + 1] ?? 0)) at++;
    else if (isHigh(unit) || isLow(unit)) {
      flush(at);
      stray(2 * at);
      stray(2 * at + 1);
      from = at + 1;
    }
  }
  flush(units.length);
  if (bytes.length % 2 !== 0) stray(bytes.length - 1);
  return found;
}
