import type { FieldValue } from '../../shared/types/decoder.ts';
import { visibleText } from '../kit/format/visible.ts';

/** A value in two parts: its text, and its number if that is something else. */
export interface FieldText {
  readonly main: string;
  readonly more?: string;
}

/** How a field's value is shown; for one with fields in it, its type. */
export function fieldText(field: FieldValue, asHex: boolean): FieldText {
  const { value, text, fields, list } = field;
  if (fields) return { main: '', more: list ? `[${fields.length}]` : '' };
  if (value === undefined) return { main: '' };
  if (typeof value === 'string') return { main: field.hex ? spaced(value) : quoted(value) };
  if (typeof value === 'boolean' || value === null) return { main: String(value) };
  const number = asHex ? hexNumber(value, field) : numberText(value);
  if (text === undefined) return { main: number };
  // An address, a character: the text contains the number.
  return /^-?\d+ '|^0x/.test(text)
    ? { main: text }
    : /^-?[\d.]+(e|$)/.test(text)
      ? { main: text }
      : { main: text, more: number };
}

/** The same as one text, for copying or comparing. */
export function plainFieldText(field: FieldValue, asHex = false): string {
  if (typeof field.value === 'string') return field.value;
  const { main, more } = fieldText(field, asHex);
  return main || more || '';
}

const spaced = (digits: string): string => digits.replace(/..(?=.)/g, '$& ');
const quoted = (text: string): string => `"${visibleText(text)}"`;
const numberText = (value: number | bigint): string => (Object.is(value, -0) ? '-0' : String(value));

/** As its bits are in memory; a fraction stays one. */
function hexNumber(value: number | bigint, { size, bit }: FieldValue): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return numberText(value);
  const bits = bit?.width ?? (size ?? 8) * 8;
  const digits = BigInt.asUintN(bits, BigInt(value)).toString(16);
  return `0x${digits.padStart(Math.ceil(bits / 4), '0')}`;
}
