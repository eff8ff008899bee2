import type { Result } from '../../shared/failure.ts';
import { encodeUtf8 } from '../../shared/text/utf8.ts';

/** Bytes to look for: a byte matches where it is `values` in the bits of `masks`. */
export interface Pattern {
  readonly values: Uint8Array;
  readonly masks: Uint8Array;
}
export type SearchMode = 'text' | 'hex';
export type ReadPattern =
  | { readonly ok: true; readonly pattern: Pattern }
  | { readonly ok: false; readonly message: string };

const ANY_CASE = 0xdf;
const isLetter = (byte: number): boolean => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);

/** Text as its UTF-8, letters a–z in either case if wanted; or hex with `?` for any digit. */
export function readPattern(mode: SearchMode, text: string, ignoreCase = false): ReadPattern {
  if (mode === 'text') {
    const bytes = encodeUtf8(text);
    const masks = bytes.map((byte) => (ignoreCase && isLetter(byte) ? ANY_CASE : 0xff));
    return { ok: true, pattern: { values: bytes.map((byte, i) => byte & (masks[i] ?? 0)), masks } };
  }
  const digits = text.replace(/\s+/g, '');
  if (!/^[0-9a-f?]*$/i.test(digits)) return { ok: false, message: 'Hex is 0–9, a–f, and ? for any digit.' };
  if (digits.length % 2 === 1) return { ok: false, message: 'A byte needs two digits.' };
  const pairs = digits.match(/../g) ?? [];
  const read = (pair: string, any: string, digit: string) =>
    Number.parseInt(pair.replace(/[0-9a-f]/gi, digit).replaceAll('?', any), 16);
  const values = pairs.map((pair) => Number.parseInt(pair.replaceAll('?', '0'), 16));
  const masks = pairs.map((pair) => read(pair, '0', 'f'));
  return { ok: true, pattern: { values: Uint8Array.from(values), masks: Uint8Array.from(masks) } };
}

const matches = (bytes: Uint8Array, at: number, { values, masks }: Pattern): boolean => {
  for (let i = 0; i < values.length; i += 1)
    if (((bytes[at + i] as number) & (masks[i] as number)) !== values[i]) return false;
  return true;
};

/** The first place from `from` on, or the last one up to it; -1 where there is none. */
export function findPattern(bytes: Uint8Array, pattern: Pattern, from: number, direction: 1 | -1): number {
  const last = bytes.length - pattern.values.length;
  if (pattern.values.length === 0) return -1;
  for (let at = direction > 0 ? Math.max(0, from) : Math.min(from, last); at >= 0 && at <= last; at += direction)
    if (matches(bytes, at, pattern)) return at;
  return -1;
}

export interface Found {
  readonly at: number;
  /** It was found beyond the payload's end or beginning. */
  readonly wrapped: boolean;
}

/** Bytes read at once. */
const STEP = 512 * 1024;

/**
 * The next place of `pattern` from `from` on (or before it), once around; null where there is none. Reads slice by slice, so that a payload
 * of any size can be searched; throws what `signal` was aborted with.
 */
export async function searchPayload(
  read: (from: number, to: number) => Promise<Result<Uint8Array>>,
  size: number,
  pattern: Pattern,
  from: number,
  direction: 1 | -1,
  signal: AbortSignal,
): Promise<Result<Found | null>> {
  const overlap = pattern.values.length - 1;
  const last = size - pattern.values.length;
  if (last < 0 || overlap < 0) return { ok: true, value: null };
  // Where a match may begin, in the order in which it is looked for: to the end, then around to where it began.
  const spans: [number, number, boolean][] =
    direction > 0
      ? [
          [from, last, false],
          [0, Math.min(last, from - 1), true],
        ]
      : [
          [0, Math.min(last, from), false],
          [Math.max(0, from + 1), last, true],
        ];
  for (const [low, high, wrapped] of spans) {
    for (const [start, end] of steps(low, high, direction)) {
      signal.throwIfAborted();
      const slice = await read(start, end + 1 + overlap);
      if (!slice.ok) return slice;
      const at = findPattern(slice.value, pattern, direction > 0 ? 0 : end - start, direction);
      if (at >= 0) return { ok: true, value: { at: start + at, wrapped } };
    }
  }
  return { ok: true, value: null };
}

/** The places from `low` to `high` in steps, both ends included. */
function* steps(low: number, high: number, direction: 1 | -1): Generator<[number, number]> {
  if (direction > 0) for (let at = low; at <= high; at += STEP) yield [at, Math.min(high, at + STEP - 1)];
  else for (let at = high; at >= low; at -= STEP) yield [Math.max(low, at - STEP + 1), at];
}
