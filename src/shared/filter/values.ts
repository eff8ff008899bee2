import { parseHexWildcards } from '../hex/hex.ts';
import { COMPARISONS, type Comparison, Mistake, type Span } from './ast.ts';

/** Reads and writes the language's values: amounts, comparisons, bytes. The readers throw {@link Mistake}. */

interface Amount {
  /** The whole number in `text`, or undefined. */
  readonly read: (text: string) => number | undefined;
  readonly write: (amount: number) => string;
  readonly what: string;
  readonly expected: readonly string[];
}

const SIZES: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
const TIMES: Readonly<Record<string, number>> = {
  us: 1,
  µs: 1,
  μs: 1,
  ms: 1000,
  s: 1_000_000,
  sec: 1_000_000,
  m: 60_000_000,
  min: 60_000_000,
  h: 3_600_000_000,
};

function scaled(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([a-zµμ]*)$/i.exec(text) ?? [];
  const factor = Object.hasOwn(units, unit.toLowerCase()) ? units[unit.toLowerCase()] : undefined;
  const amount = number === undefined || factor === undefined ? undefined : Math.round(Number(number) * factor);
  return amount !== undefined && Number.isSafeInteger(amount) ? amount : undefined;
}

const inUnits = (units: readonly (readonly [string, number])[]) => (amount: number) => {
  const [unit, factor] = units.find(([, size]) => amount > 0 && amount % size === 0) ?? units.at(-1) ?? ['', 1];
  return `${amount / factor}${unit}`;
};

const whole = (what: string, expected: readonly string[]): Amount => ({
  read: (text) => (/^\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined),
  write: String,
  what,
  expected,
});

const duration = (expected: readonly string[]): Amount => ({
  read: (text) => (text === '0' ? 0 : scaled(text, TIMES)),
  write: inUnits([
    ['s', 1_000_000],
    ['ms', 1000],
    ['us', 1],
  ]),
  what: 'a time with its unit: us, ms, s, m or h',
  expected,
});

export const AMOUNTS: Readonly<Record<'size' | 'delta' | 'latency' | 'seq' | 'count', Amount>> = {
  size: {
    read: (text) => scaled(text, SIZES),
    write: inUnits([
      ['M', 1024 ** 2],
      ['k', 1024],
      ['', 1],
    ]),
    what: 'a number of bytes, such as 100, 4k (4,096) or 1M',
    expected: ['100', '>1k', '<=16k', '100..200'],
  },
  delta: duration(['>100ms', '<50us', '1s..2s']),
  latency: duration(['>5ms', '<50us', '1ms..2ms']),
  seq: whole('a record number', ['100', '>=1000', '100..200']),
  count: whole('a number of times', ['>1', '>=1000', '100..200']),
};

export function readComparison(field: keyof typeof AMOUNTS, text: string, span: Span): Comparison {
  const { read, what, expected } = AMOUNTS[field];
  const fail = () =>
    new Mistake(span, `${field}: needs ${what}, optionally with >, >=, <, <= before it or as a range a..b.`, expected);
  const amount = (part: string) => {
    const value = read(part);
    if (value === undefined) throw fail();
    return value;
  };
  const dots = text.indexOf('..');
  if (dots < 0) {
    const op = COMPARISONS.find((sign) => text.startsWith(sign));
    return { op: op ?? '=', value: amount(text.slice(op?.length ?? 0)) };
  }
  const [low, high] = [text.slice(0, dots), text.slice(dots + 2)].map((part) => (part === '' ? null : amount(part)));
  if (low === undefined || high === undefined || (low === null && high === null)) throw fail();
  if (low !== null && high !== null && low > high)
    throw new Mistake(span, 'This range ends before it starts.', expected);
  return { op: '..', low, high };
}

export function writeComparison(field: keyof typeof AMOUNTS, comparison: Comparison): string {
  const { write } = AMOUNTS[field];
  if (comparison.op !== '..') return `${comparison.op === '=' ? '' : comparison.op}${write(comparison.value)}`;
  const { low, high } = comparison;
  return `${low === null ? '' : write(low)}..${high === null ? '' : write(high)}`;
}

/** "de ad ?? ef", or any common notation; backslashes in it are its own. */
export function readHex(text: string, span: Span): (number | null)[] {
  const parsed = parseHexWildcards(text);
  if (parsed.ok && parsed.bytes.length > 0) return parsed.bytes;
  const why = parsed.ok ? '' : ` ${parsed.message}`;
  throw new Mistake(span, `hex: needs bytes as two hex digits each, or ?? for any byte.${why}`, ['"de ad ?? ef"']);
}

export const writeHex = (bytes: readonly (number | null)[]): string =>
  bytes.map((byte) => (byte === null ? '??' : byte.toString(16).padStart(2, '0'))).join(' ');

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\0': '\\0',
};
/** Quotes, backslashes, and invisible characters: control, format (bidi, zero width) and lone surrogates. */
const HIDDEN = /["\\]|\p{Cc}|\p{Cf}|\p{Cs}|[\u2028\u2029]/gu;

/** As a quotation of the language. */
export function quote(text: string): string {
  const escaped = text.replace(HIDDEN, (char) => ESCAPES[char] ?? `\\u{${char.codePointAt(0)?.toString(16)}}`);
  return `"${escaped}"`;
}

/** In a sentence. */
export const quoted = (word: string): string => `“${word.length > 40 ? `${word.slice(0, 40)}…` : word}”`;
