/** What every way of reading a payload offers. A fault in the payload is a value: `decode` doesn't throw. */

export type Plain = number | bigint | string | boolean | null;

/** One field of a payload, with its value or with the fields in it. */
export interface FieldValue {
  /** `[3]` for an element of an array. */
  readonly name: string;
  readonly type: string;
  /** Bytes, if the format has fixed positions. */
  readonly offset?: number;
  readonly size?: number;
  readonly bit?: { readonly offset: number; readonly width: number };
  /** Integers are exact: a bigint if a number can't be. */
  readonly value?: Plain;
  /** How it is shown if the value alone isn't enough: an enum's name, a time, an address. */
  readonly text?: string;
  /** Whether `value` is bytes, as their hex digits. */
  readonly hex?: boolean;
  /** Why there is no value, or what is odd about it. */
  readonly fault?: string;
  readonly fields?: readonly FieldValue[];
  /** Whether `fields` are the elements of an array. */
  readonly list?: boolean;
}

export interface Decoded {
  readonly fields: readonly FieldValue[];
  /** Bytes that were read. */
  readonly size: number;
  /** What could not be read, as a sentence. */
  readonly fault?: string;
  /** What remains after what was read. */
  readonly rest?: { readonly offset: number; readonly size: number };
}

/** A field that is known before there is a payload. */
export interface KnownField {
  /** `header.id`. */
  readonly path: string;
  readonly type: string;
  /** What its value is; `group`: it has fields itself. Omitted if only a payload tells. */
  readonly form?: 'number' | 'bool' | 'enum' | 'text' | 'group';
  /** Of an enum. */
  readonly names?: readonly string[];
}

export interface Decoder {
  readonly id: string;
  /** Changes with whatever changes the result. */
  readonly version: string;
  /** Empty if only the payload tells. */
  readonly fields: readonly KnownField[];
  decode(bytes: Uint8Array): Decoded;
}

/** A number if it is exact, else the bigint. */
export const exact = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;

/** A short digest of `text` (FNV-1a, twice 32 bits). */
export function digestOf(text: string): string {
  let [low, high] = [0x811c9dc5, 0xcbf29ce4];
  for (let index = 0; index < text.length; index++) {
    low = Math.imul(low ^ text.charCodeAt(index), 0x01000193);
    high = Math.imul(high ^ low, 0x01000193);
  }
  return [low, high].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
}
