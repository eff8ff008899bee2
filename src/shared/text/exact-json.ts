/**
 * JSON exactly as its text says: a whole number that a JavaScript number can't hold is a bigint, in both directions.
 */

/** The language has these; the compiler's library doesn't yet. */
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };
type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;

/** More digits than a number is exact for. */
const MANY_DIGITS = /\d{16}/;
/** Digits of a number that is read exactly. */
const MAX_DIGITS = 1000;

/** Throws SyntaxError if it isn't JSON. */
export const parseExactJson = (text: string): unknown =>
  MANY_DIGITS.test(text) ? JSON.parse(text, exactly) : JSON.parse(text);

const exactly: Reviver = (_, value, { source = '' } = {}) => (typeof value === 'number' ? numberOf(source) : value);

/** The value of the digits, as close as possible. */
export const numberOf = (digits: string): number | bigint =>
  !Number.isSafeInteger(Number(digits)) && /^-?\d+$/.test(digits) && digits.length <= MAX_DIGITS
    ? BigInt(digits)
    : Number(digits);

/** Undefined if JSON has no form for it, like `JSON.stringify`. */
export const writeExactJson = (value: unknown, indent?: number): string =>
  JSON.stringify(
    value,
    (_, each) => (isBeyond(each) ? rawJSON(Object.is(each, -0) ? '-0' : String(each)) : each),
    indent,
  );

const isBeyond = (value: unknown): boolean => typeof value === 'bigint' || Object.is(value, -0);

/** Whether JSON has a form for all its numbers. */
export function isFiniteJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(isFiniteJson);
}

/**
 * Where the JSON of a message begins and ends. It can't contain a NUL: C programs write one after it, followed by what
 * the buffer held before.
 */
export function jsonEdges(text: string): { readonly from: number; readonly to: number } {
  const from = text.startsWith('\ufeff') ? 1 : 0;
  const nul = text.indexOf('\0', from);
  return { from, to: nul < 0 ? text.length : nul };
}

/** The JSON of a message, which a byte order mark may precede and NULs may follow. Throws SyntaxError. */
export function parseMessageJson(text: string): unknown {
  const { from, to } = jsonEdges(text);
  if (!/^\0*$/.test(text.slice(to))) throw new SyntaxError('Something follows the NUL.');
  return parseExactJson(text.slice(from, to));
}

/** Whether a 64-bit float prints the number with the same digits. */
export function isExactFloat(written: string): boolean {
  const value = Number(written);
  return Number.isFinite(value) && decimals(String(value)) === decimals(written);
}

/** Digits and exponent in one form: "1.50e3" and "1500" are the same. */
function decimals(number: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(number) ?? [];
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  if (digits === '') return '0';
  return `${sign}${digits}e${Number(exponent) - fraction.length + all.length - digits.length}`;
}
