import type { Plain } from '../decoder.ts';
import type { ScalarPlan } from '../struct/plan.ts';
import type { Leaf } from './leaves.ts';

/** Writes values into the bytes of a message, little-endian as all four ABIs are: decoding gives them back. */

/** Bytes for an array of bytes, or for invalid text. */
export type Written = Exclude<Plain, null> | Uint8Array;

/**
 * The message with the value at its leaf; a text in a flexible array makes it as long as needed. Throws `RangeError`
 * with a sentence for what the leaf can't hold.
 */
export function withValue(bytes: Uint8Array, leaf: Leaf, value: Written): Uint8Array<ArrayBuffer> {
  const { plan, offset, bit } = leaf;
  if (plan.kind === 'array') return withText(bytes, leaf, value);
  const whole = new Uint8Array(Math.max(bytes.length, offset + leaf.size));
  whole.set(bytes);
  if (bit) writeBits(whole, offset, bit, integerOf(plan, value, bit.width));
  else writeScalar(new DataView(whole.buffer), offset, plan, value);
  return whole;
}

function writeScalar(view: DataView, offset: number, plan: ScalarPlan, value: Written): void {
  switch (plan.format) {
    case 'float':
      if (plan.size === 4) view.setFloat32(offset, Number(value), true);
      else view.setFloat64(offset, Number(value), true);
      break;
    case 'long-double':
      writeLongDouble(view, offset, Number(value));
      break;
    case 'guid':
      writeGuid(view, offset, String(value));
      break;
    case 'systemtime':
      writeSystemTime(view, offset, String(value));
      break;
    default: {
      const raw = integerOf(plan, value, plan.size * 8);
      for (let index = 0; index < plan.size; index++)
        view.setUint8(offset + index, Number((raw >> BigInt(index * 8)) & 0xffn));
    }
  }
}

/** Its bits, without a sign. */
function integerOf(plan: ScalarPlan, value: Written, width: number): bigint {
  const given = typeof value === 'boolean' ? BigInt(value) : wholeOf(value);
  const { least, most } = rangeOf(plan, width);
  if (given < least || given > most) throw new RangeError(`From ${least} to ${most}.`);
  return BigInt.asUintN(width, given);
}

function wholeOf(value: Written): bigint {
  try {
    return BigInt(value as string | number | bigint);
  } catch {
    throw new RangeError('A whole number is needed.');
  }
}

const SIGNED: ReadonlySet<string> = new Set(['int', 'int128', 'char', 'unix-time']);

/** The whole numbers that it can hold; `width` in bits. */
export function rangeOf({ format }: ScalarPlan, width: number): { readonly least: bigint; readonly most: bigint } {
  if (!SIGNED.has(format)) return { least: 0n, most: (1n << BigInt(width)) - 1n };
  const half = 1n << BigInt(width - 1);
  return { least: -half, most: half - 1n };
}

function writeBits(bytes: Uint8Array, offset: number, bit: { offset: number; width: number }, value: bigint): void {
  for (let index = 0; index < bit.width; index++) {
    const at = bit.offset + index;
    const [byte, mask] = [offset + (at >> 3), 1 << (at & 7)];
    const isSet = (value >> BigInt(index)) & 1n;
    bytes[byte] = isSet ? (bytes[byte] as number) | mask : (bytes[byte] as number) & ~mask;
  }
}

function withText(bytes: Uint8Array, { plan, offset, size }: Leaf, value: Written): Uint8Array<ArrayBuffer> {
  if (plan.kind !== 'array') throw new RangeError('Not a text.');
  const { element, count } = plan;
  const encoded = value instanceof Uint8Array ? value : encodedText(element, String(value));
  const room = count === null ? encoded.length : size;
  if (encoded.length > room)
    throw new RangeError(`${encoded.length} bytes, and there is room for ${room.toLocaleString('en')}.`);
  const length = count === null ? offset + encoded.length : Math.max(bytes.length, offset + size);
  const whole = new Uint8Array(length);
  whole.set(bytes.subarray(0, length));
  whole.fill(0, offset, offset + room);
  whole.set(encoded, offset);
  return whole;
}

function encodedText({ format, size }: ScalarPlan, text: string): Uint8Array {
  if (format === 'char') return new TextEncoder().encode(text);
  const units = format === 'utf16' ? Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)) : codes(text);
  const bytes = new Uint8Array(units.length * size);
  const view = new DataView(bytes.buffer);
  for (const [index, unit] of units.entries()) {
    if (size === 2) view.setUint16(index * 2, unit, true);
    else view.setUint32(index * 4, unit, true);
  }
  return bytes;
}

const codes = (text: string): number[] => [...text].map((character) => character.codePointAt(0) ?? 0);

/** The x87's 80 bits; every 64-bit float is one of them. */
function writeLongDouble(view: DataView, offset: number, value: number): void {
  const double = new DataView(new ArrayBuffer(8));
  double.setFloat64(0, value);
  const bits = double.getBigUint64(0);
  const [sign, exponent] = [Number(bits >> 63n), Number((bits >> 52n) & 0x7ffn)];
  const fraction = bits & 0xfffffffffffffn;
  const isTiny = exponent === 0 && fraction !== 0n;
  if (isTiny) throw new RangeError('This number is too small for a long double that can be read again.');
  const power = exponent === 0 ? 0 : exponent === 0x7ff ? 0x7fff : exponent - 1023 + 16383;
  view.setBigUint64(offset, exponent === 0 ? 0n : (1n << 63n) | (fraction << 11n), true);
  view.setUint16(offset + 8, (sign << 15) | power, true);
}

const GUID = /^\{?([\da-f]{8})-([\da-f]{4})-([\da-f]{4})-([\da-f]{4})-([\da-f]{12})\}?$/i;

function writeGuid(view: DataView, offset: number, text: string): void {
  const [, first = '', second = '', third = '', fourth = '', last = ''] = GUID.exec(text.trim()) ?? [];
  if (first === '') throw new RangeError('Such as {6b29fc40-ca47-1067-b31d-00dd010662da}.');
  view.setUint32(offset, Number.parseInt(first, 16), true);
  view.setUint16(offset + 4, Number.parseInt(second, 16), true);
  view.setUint16(offset + 6, Number.parseInt(third, 16), true);
  for (const [index, pair] of (fourth + last).match(/../g)?.entries() ?? [])
    view.setUint8(offset + 8 + index, Number.parseInt(pair, 16));
}

const SYSTEM_TIME = /^(\d{1,5})-(\d{1,5})-(\d{1,5})[ T](\d{1,5}):(\d{1,5}):(\d{1,5})(?:\.(\d{1,5}))?$/;
/** Its index among the parts. */
const MILLISECONDS = 6;

function writeSystemTime(view: DataView, offset: number, text: string): void {
  const [, ...written] = SYSTEM_TIME.exec(text.trim()) ?? [];
  // .5 is half a second.
  const parts = written.map((part = '0', at) => Number(at === MILLISECONDS ? part.padEnd(3, '0') : part));
  if (parts.length === 0 || parts.some((part) => part > 0xffff))
    throw new RangeError('Such as 2026-11-27 06:30:00.000.');
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ms = 0] = parts;
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 0;
  for (const [index, part] of [year, month, weekday, day, hour, minute, second, ms].entries())
    view.setUint16(offset + index * 2, part, true);
}
