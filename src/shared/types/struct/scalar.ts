import { exact, type Plain } from '../decoder.ts';
import type { ScalarPlan } from './plan.ts';

export interface Read {
  readonly value?: Plain;
  readonly text?: string;
  readonly hex?: boolean;
  readonly fault?: string;
}

/**
 * Reads the scalar at `offset`; the caller has checked that all of it is there. Little-endian, as all four ABIs are.
 */
export function readScalar(plan: ScalarPlan, view: DataView, offset: number): Read {
  switch (plan.format) {
    case 'float':
      return plan.size === 4 ? floatRead(view.getFloat32(offset, true)) : { value: view.getFloat64(offset, true) };
    case 'long-double':
      return longDouble(view, offset);
    case 'guid':
      return { value: guidText(view, offset) };
    case 'filetime':
      return filetime(view.getBigUint64(offset, true));
    case 'systemtime':
      return systemtime(view, offset);
    default: {
      const bits = BigInt(plan.size * 8);
      return readInteger(plan, integerAt(view, offset, plan.size), Number(bits));
    }
  }
}

/** The bits `first` to `first + width` from `offset` on. */
export function readBits(plan: ScalarPlan, view: DataView, offset: number, first: number, width: number): Read {
  let whole = 0n;
  const bytes = Math.ceil((first + width) / 8);
  for (let index = bytes - 1; index >= 0; index--) whole = (whole << 8n) | BigInt(view.getUint8(offset + index));
  return readInteger(plan, BigInt.asUintN(width, whole >> BigInt(first)), width);
}

function integerAt(view: DataView, offset: number, size: number): bigint {
  if (size === 1) return BigInt(view.getUint8(offset));
  if (size === 2) return BigInt(view.getUint16(offset, true));
  if (size === 4) return BigInt(view.getUint32(offset, true));
  const low = view.getBigUint64(offset, true);
  return size === 8 ? low : low | (view.getBigUint64(offset + 8, true) << 64n);
}

/** `raw`: its bits, without a sign. */
function readInteger(plan: ScalarPlan, raw: bigint, width: number): Read {
  const { format, names } = plan;
  const signed = format === 'int' || format === 'int128' || format === 'char' || format === 'unix-time';
  const value = exact(signed ? BigInt.asIntN(width, raw) : raw);
  if (names) return named(plan, value);
  switch (format) {
    case 'bool':
      return raw <= 1n ? { value: raw === 1n } : { value, fault: `A bool is 0 or 1, not ${value}.` };
    case 'pointer':
      return { value, text: `0x${raw.toString(16).padStart(plan.size * 2, '0')}` };
    case 'char':
      return raw >= 0x20n && raw < 0x7fn
        ? { value, text: `${value} '${String.fromCharCode(Number(raw))}'` }
        : { value };
    case 'utf16':
    case 'utf32':
      return { value, ...characterText(raw) };
    case 'unix-time':
      return { value, ...timeText(Number(value) * 1000) };
    default:
      return { value };
  }
}

function characterText(raw: bigint): { text?: string } {
  const code = Number(raw);
  const shown =
    code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) && !(code >= 0x7f && code < 0xa0);
  return shown ? { text: `${code} '${String.fromCodePoint(code)}'` } : {};
}

function named({ names, flags }: ScalarPlan, value: number | bigint): Read {
  const wide = BigInt(value);
  const name = names?.get(wide);
  if (name !== undefined) return { value, text: name };
  if (!flags || wide <= 0n || !names) return { value };
  const parts = [...names].filter(([bit]) => bit > 0n && (bit & (bit - 1n)) === 0n && (wide & bit) === bit);
  const rest = parts.reduce((left, [bit]) => left & ~bit, wide);
  const words = [...parts.map(([, word]) => word), ...(rest > 0n ? [`0x${rest.toString(16)}`] : [])];
  return parts.length > 0 ? { value, text: words.join(' | ') } : { value };
}

/** The shortest digits that give this float again. */
function floatRead(value: number): Read {
  for (let digits = 1; digits < 10; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short === value ? { value } : { value, text: String(short) };
  }
  return { value };
}

const EXTENDED_BIAS = 16383;

/** The x87's 80 bits: a sign, 15 bits of exponent, 64 of which the first is explicit. */
function longDouble(view: DataView, offset: number): Read {
  const head = view.getUint16(offset + 8, true);
  const digits = view.getBigUint64(offset, true);
  const [negative, exponent] = [head >> 15 === 1, head & 0x7fff];
  const sign = negative ? -1 : 1;
  if (digits === 0n && exponent === 0) return { value: sign * 0 };
  const isNormal = digits >> 63n === 1n;
  if (exponent === 0x7fff && isNormal)
    return { value: digits << 1n === 1n << 64n ? sign * Number.POSITIVE_INFINITY : Number.NaN };
  const power = exponent - EXTENDED_BIAS - 63;
  const isExact = isNormal && digits % 2048n === 0n && power + 63 >= -1022 && power + 63 <= 1023;
  if (isExact) return { value: sign * Number(digits >> 11n) * 2 ** (power + 11) };
  return { fault: 'This long double has more digits than 64 bits can hold: it is not readable here.' };
}

/** 100 ns since 1601, shown with all its digits if it has more than milliseconds. */
function filetime(ticks: bigint): Read {
  const { text } = timeText(Number(ticks / 10_000n) - 11_644_473_600_000);
  const finer = ticks % 10_000n;
  const shown = finer === 0n ? text : text?.replace('Z', `${String(finer).padStart(4, '0')}Z`);
  return { value: exact(ticks), ...(shown !== undefined && { text: shown }) };
}

function timeText(ms: number): { text?: string } {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? {} : { text: date.toISOString() };
}

function systemtime(view: DataView, offset: number): Read {
  const [year, month, , day, hour, minute, second, ms] = Array.from({ length: 8 }, (_, index) =>
    view.getUint16(offset + index * 2, true),
  ) as [number, number, number, number, number, number, number, number];
  const two = (value: number, digits = 2) => String(value).padStart(digits, '0');
  const text = `${two(year, 4)}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}.${two(ms, 3)}`;
  const isDate =
    month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60 && second < 61 && ms < 1000;
  return isDate ? { value: text } : { value: text, fault: 'This is not a date.' };
}

function guidText(view: DataView, offset: number): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  const tail = Array.from({ length: 8 }, (_, index) => hex(view.getUint8(offset + 8 + index), 2)).join('');
  const head = [
    hex(view.getUint32(offset, true), 8),
    hex(view.getUint16(offset + 4, true), 4),
    hex(view.getUint16(offset + 6, true), 4),
  ];
  return `{${[...head, tail.slice(0, 4), tail.slice(4)].join('-')}}`;
}
