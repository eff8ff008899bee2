import { parseHex } from '../../hex/hex.ts';
import type { FieldValue } from '../decoder.ts';
import type { ScalarPlan } from '../struct/plan.ts';
import type { Leaf } from './leaves.ts';
import { rangeOf, type Written } from './write-value.ts';

/** Values as typed. */

export type Input = { readonly ok: true; readonly value: Written } | { readonly ok: false; readonly message: string };

const taken = (value: Written): Input => ({ ok: true, value });
const refused = (message: string): Input => ({ ok: false, message });

/** A value as shown in an input field. */
export function inputText({ value, text, hex, type, fault }: FieldValue): string {
  if (value === undefined || value === null) return '';
  // Bytes of invalid text are marked as a fault.
  if (hex)
    return fault === undefined ? String(value).replace(/..(?=.)/g, '$& ') : String(value).replace(/../g, '\\x$&');
  if (typeof value === 'string') return value;
  if (text === undefined || typeof value === 'boolean') return String(value);
  const isNamed = type.startsWith('enum') || /^0x|^\d{4}-\d\d-\d\dT/.test(text);
  return isNamed ? text : String(value);
}

/** `shown`: what the field is now; if that isn't text, its bytes as `\xff` become bytes again. */
export function readInput({ plan, bit }: Leaf, text: string, shown?: Pick<FieldValue, 'hex'>): Input {
  if (plan.kind === 'array') {
    const areBytes = plan.element.format === 'uint' || (shown?.hex && ESCAPED.test(text));
    return areBytes ? readBytes(text) : taken(text);
  }
  const trimmed = text.trim();
  switch (plan.format) {
    case 'float':
    case 'long-double':
      return readFloat(trimmed, plan.size === 4);
    case 'guid':
    case 'systemtime':
      return taken(trimmed);
    case 'bool':
      if (!plan.names) return readBool(trimmed);
  }
  const written = isTime(plan) && !/^[+-]?\w+$/.test(trimmed) ? timeOf(plan, trimmed) : trimmed;
  return typeof written === 'object' ? written : readInteger(plan, String(written), bit?.width ?? plan.size * 8);
}

const ESCAPED = /^(?:\\x[\da-f]{2})+$/i;

/** What can be typed, in a few words: names of an enum, or the range. */
export function inputHint({ plan, bit, size }: Leaf): string {
  if (plan.kind === 'array')
    return plan.element.format === 'uint' ? `${size} bytes in hex` : `Text of up to ${size} bytes`;
  if (plan.names) return [...plan.names.values()].slice(0, 12).join(plan.flags ? ' | ' : ', ');
  if (plan.format === 'float' || plan.format === 'long-double') return 'A number, NaN or Infinity';
  if (plan.format === 'guid') return '{6b29fc40-ca47-1067-b31d-00dd010662da}';
  if (plan.format === 'systemtime') return '2026-11-27 06:30:00.000';
  const { least, most } = rangeOf(plan, bit?.width ?? plan.size * 8);
  return `${least} to ${most}`;
}

function readBytes(text: string): Input {
  const parsed = parseHex(text);
  return parsed.ok ? taken(parsed.bytes) : refused(parsed.message);
}

function readFloat(text: string, isSingle: boolean): Input {
  const word = { nan: Number.NaN, infinity: Number.POSITIVE_INFINITY, inf: Number.POSITIVE_INFINITY };
  const [, sign = '', name = ''] = /^([+-]?)(nan|infinity|inf)$/i.exec(text) ?? [];
  if (name) return taken((sign === '-' ? -1 : 1) * word[name.toLowerCase() as keyof typeof word]);
  const value = Number(text);
  if (text === '' || Number.isNaN(value)) return refused('A number is needed.');
  const held = isSingle ? Math.fround(value) : value;
  if (!Number.isFinite(held)) return refused(`A float of ${isSingle ? 32 : 64} bits can't be so large.`);
  const isTiny = held === 0 && /^[^e]*[1-9]/i.test(text);
  return isTiny ? refused(`A float of ${isSingle ? 32 : 64} bits can't be so small.`) : taken(value);
}

function readBool(text: string): Input {
  if (/^(true|1)$/i.test(text)) return taken(true);
  return /^(false|0)$/i.test(text) ? taken(false) : refused('true or false.');
}

function readInteger(plan: ScalarPlan, text: string, width: number): Input {
  const value = wholeOf(plan, text);
  if (value === undefined) return refused(plan.names ? 'One of the names, or a number.' : 'A whole number is needed.');
  const { least, most } = rangeOf(plan, width);
  return value < least || value > most ? refused(`From ${least} to ${most}.`) : taken(value);
}

function wholeOf(plan: ScalarPlan, text: string): bigint | undefined {
  const [, sign, digits] = /^([+-]?)(0x[\da-f]+|\d+)$/i.exec(text) ?? [];
  if (digits !== undefined) return sign === '-' ? -BigInt(digits) : BigInt(digits);
  const [, character] = /^'(.)'$/u.exec(text) ?? [];
  if (character !== undefined) return BigInt(character.codePointAt(0) ?? 0);
  if (!plan.names) return undefined;
  const byName = new Map([...plan.names].map(([value, name]) => [name, value]));
  const parts = text.split('|').map((part) => byName.get(part.trim()) ?? wholePart(part.trim()));
  return parts.includes(undefined) ? undefined : parts.reduce<bigint>((all, part) => all | (part ?? 0n), 0n);
}

const wholePart = (text: string): bigint | undefined => (/^(0x[\da-f]+|\d+)$/i.test(text) ? BigInt(text) : undefined);

const isTime = ({ format }: ScalarPlan): boolean => format === 'unix-time' || format === 'filetime';

const TIME =
  /^(?<day>(?:\d{4}|[+-]\d{6})-\d\d-\d\d)(?:[T ](?<clock>\d\d:\d\d(?::\d\d)?)(?<fraction>\.\d{1,7})?)?(?: ?(?<zone>Z|[+-]\d\d:\d\d))?$/i;
/** Of 100 ns. */
const TICKS_A_SECOND = 10_000_000n;
const SECONDS_FROM_1601 = 11_644_473_600n;

/** An instant, with all digits that the field has; a clock without its zone isn't one. */
function timeOf({ format }: ScalarPlan, text: string): bigint | Input {
  const { day = '', clock = '00:00', fraction = '.', zone } = TIME.exec(text)?.groups ?? {};
  const midnight = new Date(`${day}T00:00Z`);
  const isDay = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
  const ms = Date.parse(`${day}T${clock}${(zone ?? 'Z').toUpperCase()}`);
  if (!isDay || Number.isNaN(ms)) return refused('A whole number or a time such as 2026-11-27T06:30:00Z is needed.');
  if (zone === undefined) return refused('Say in which zone that is: append Z for UTC, or an offset such as +02:00.');
  const seconds = BigInt(ms / 1000);
  const ticks = BigInt(fraction.slice(1).padEnd(7, '0'));
  if (format === 'filetime') return (seconds + SECONDS_FROM_1601) * TICKS_A_SECOND + ticks;
  return ticks === 0n ? seconds : refused('This field holds whole seconds.');
}
