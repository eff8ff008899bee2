import { parseHexWildcards } from '../hex/hex.ts';
import { COMPARISONS, type Comparison, type Instant, Mistake, type Span } from './ast.ts';

/** Reads and writes the values of the language: amounts, comparisons, bytes, times. The readers throw {@link Mistake}. */

interface Amount {
  /** The whole number that `text` says, or undefined. */
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
  m: 60_000_000,
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

export const AMOUNTS: Readonly<Record<'size' | 'delta' | 'seq', Amount>> = {
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
  delta: {
    read: (text) => (text === '0' ? 0 : scaled(text, TIMES)),
    write: inUnits([
      ['s', 1_000_000],
      ['ms', 1000],
      ['us', 1],
    ]),
    what: 'a time with its unit: us, ms, s, m or h',
    expected: ['>100ms', '<50us', '1s..2s'],
  },
  seq: {
    read: (text) => (/^\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined),
    write: String,
    what: 'a record number',
    expected: ['100', '>=1000', '100..200'],
  },
};

export function readComparison(field: keyof typeof AMOUNTS, text: string, span: Span): Comparison {
  const { read, what, expected } = AMOUNTS[field];
  const fail = () =>
    new Mistake(span, `After ${field}: comes ${what}, with >, >=, <, <= before it or as a range a..b.`, expected);
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
    throw new Mistake(span, 'This range ends before it begins.', expected);
  return { op: '..', low, high };
}

export function writeComparison(field: keyof typeof AMOUNTS, comparison: Comparison): string {
  const { write } = AMOUNTS[field];
  if (comparison.op !== '..') return `${comparison.op === '=' ? '' : comparison.op}${write(comparison.value)}`;
  const { low, high } = comparison;
  return `${low === null ? '' : write(low)}..${high === null ? '' : write(high)}`;
}

/** "de ad ?? ef", or in any notation that is known elsewhere; backslashes in it are its own. */
export function readHex(text: string, span: Span): (number | null)[] {
  const parsed = parseHexWildcards(text);
  if (parsed.ok && parsed.bytes.length > 0) return parsed.bytes;
  const why = parsed.ok ? '' : ` ${parsed.message}`;
  throw new Mistake(span, `After hex: come bytes as two hex digits each, or ?? for any byte.${why}`, ['"de ad ?? ef"']);
}

export const writeHex = (bytes: readonly (number | null)[]): string =>
  bytes.map((byte) => (byte === null ? '??' : byte.toString(16).padStart(2, '0'))).join(' ');

const INSTANT =
  /^(?:(\d{4})-(\d\d)-(\d\d)(?:[T ](?=\d)|(?=Z?$)))?(?:(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?)?(Z)?$/i;

export function readInstant(text: string, span: Span): Instant {
  const fail = () =>
    new Mistake(span, 'Here comes a time of day such as 10:00:02.5, or a date and time such as 2025-01-31T10:00.', [
      '10:00',
      '10:00:02.5',
      '2025-01-31T10:00:02.5',
    ]);
  const [, year, month, day, hour, minute, second = '0', fraction = '', zone] = INSTANT.exec(text) ?? [];
  if (year === undefined && hour === undefined) throw fail();
  const date = year === undefined ? null : { year: Number(year), month: Number(month), day: Number(day) };
  const [h, m, s] = [Number(hour ?? 0), Number(minute ?? 0), Number(second)];
  if (h > 23 || m > 59 || s > 59 || (date && !exists(date))) throw fail();
  const time = ((h * 60 + m) * 60 + s) * 1_000_000 + Number(fraction.padEnd(6, '0'));
  return { date, time, utc: zone !== undefined };
}

/** A Date moves the 31st of a short month into the next one. */
function exists({ year, month, day }: NonNullable<Instant['date']>): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1970;
}

export function writeInstant({ date, time, utc }: Instant): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const seconds = Math.floor(time / 1_000_000);
  const fraction = String(time % 1_000_000)
    .padStart(6, '0')
    .replace(/0+$/, '');
  const day = date ? `${date.year}-${two(date.month)}-${two(date.day)}T` : '';
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  return `${day}${clock}${fraction && `.${fraction}`}${utc ? 'Z' : ''}`;
}

/** µs since 1970; a time without a date is on the day of `openedAt`, µs since 1970 too. */
export function resolveInstant({ date, time, utc }: Instant, openedAt: number): number {
  const opened = new Date(openedAt / 1000);
  const [seconds, rest] = [Math.floor(time / 1_000_000), time % 1_000_000];
  if (utc) {
    const { year, month, day } = date ?? {
      year: opened.getUTCFullYear(),
      month: opened.getUTCMonth() + 1,
      day: opened.getUTCDate(),
    };
    return Date.UTC(year, month - 1, day, 0, 0, seconds) * 1000 + rest;
  }
  const { year, month, day } = date ?? {
    year: opened.getFullYear(),
    month: opened.getMonth() + 1,
    day: opened.getDate(),
  };
  // Hours, minutes and seconds apart: seconds alone would be wrong by an hour on the days that the clock is changed.
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60] as const;
  return new Date(year, month - 1, day, ...clock).getTime() * 1000 + rest;
}
