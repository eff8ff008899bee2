import type { Decoded, Decoder, FieldValue } from '../types/decoder.ts';

/** The first difference between two messages. */
export interface Difference {
  /** The path of a field, `byte 12`, or `size`. */
  readonly place: string;
  readonly expected: string;
  readonly actual: string;
  readonly type: string | null;
}

/** Bytes shown from where two payloads differ. */
const SHOWN_BYTES = 8;
const MAX_TEXT = 80;

/**
 * Where `actual` differs from `expected`: by field if both have the same type, else by byte. Undefined: nowhere, apart
 * from `ignored` fields (with everything in them) and bytes that belong to no field.
 */
export function differenceBetween(
  expected: Uint8Array,
  actual: Uint8Array,
  { decoder, ignored }: { readonly decoder: Decoder | undefined; readonly ignored: readonly string[] },
): Difference | undefined {
  const at = firstOtherByte(expected, actual);
  if (at === undefined) return undefined;
  if (!decoder) return byteDifference(expected, actual, at);
  const [one, other] = [decoder.decode(expected), decoder.decode(actual)];
  // What isn't a message of the type is compared as bytes.
  if (isBroken(one) || isBroken(other)) return byteDifference(expected, actual, at);
  return fieldDifference(one, other, decoder.id, ignored);
}

const isBroken = ({ fault, rest }: Decoded): boolean => fault !== undefined || rest !== undefined;

function firstOtherByte(a: Uint8Array, b: Uint8Array): number | undefined {
  const common = Math.min(a.length, b.length);
  for (let at = 0; at < common; at++) if (a[at] !== b[at]) return at;
  return a.length === b.length ? undefined : common;
}

function byteDifference(expected: Uint8Array, actual: Uint8Array, at: number): Difference {
  const isCut = at === Math.min(expected.length, actual.length);
  return isCut
    ? { place: 'size', expected: inBytes(expected.length), actual: inBytes(actual.length), type: null }
    : { place: `byte ${at}`, expected: hexAt(expected, at), actual: hexAt(actual, at), type: null };
}

const inBytes = (count: number) => `${count.toLocaleString('en-US')} byte${count === 1 ? '' : 's'}`;

function hexAt(bytes: Uint8Array, at: number): string {
  const shown = Array.from(bytes.subarray(at, at + SHOWN_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join(
    ' ',
  );
  return at + SHOWN_BYTES < bytes.length ? `${shown} …` : shown;
}

function fieldDifference(
  expected: Decoded,
  actual: Decoded,
  type: string,
  ignored: readonly string[],
): Difference | undefined {
  const [one, other] = [valuesOf(expected.fields, ignored), valuesOf(actual.fields, ignored)];
  for (const path of new Set([...one.keys(), ...other.keys()])) {
    const [wanted = 'nothing', came = 'nothing'] = [one.get(path), other.get(path)];
    if (wanted !== came) return { place: path, expected: cut(wanted), actual: cut(came), type };
  }
  return undefined;
}

/** Each field that has a value of its own, by its path. */
function valuesOf(fields: readonly FieldValue[], ignored: readonly string[]): Map<string, string> {
  const values = new Map<string, string>();
  const visit = (field: FieldValue, before: string) => {
    const path = field.name.startsWith('[') || before === '' ? before + field.name : `${before}.${field.name}`;
    if (isIgnored(path, ignored)) return;
    if (field.fields) for (const inner of field.fields) visit(inner, path);
    else values.set(path, shown(field));
  };
  for (const field of fields) visit(field, '');
  return values;
}

/** `items[].time` and `items[*].time` mean that field of each element. */
function isIgnored(path: string, ignored: readonly string[]): boolean {
  const anyElement = path.replaceAll(/\[\d+\]/g, '[]');
  return ignored.some((name) => {
    const wanted = name.replaceAll('[*]', '[]');
    return wanted === path || wanted === anyElement;
  });
}

function shown({ value, text, fault }: FieldValue): string {
  if (value === undefined) return fault ?? 'nothing';
  const plain = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text === undefined || text === plain ? plain : `${text} (${plain})`;
}

const cut = (text: string) => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
