import type { Result } from '../../../shared/failure.ts';
import { parseHexPattern } from '../../../shared/hex/hex.ts';

/** Bytes from `from` on, `to` not included. */
export interface Hit {
  readonly from: number;
  readonly to: number;
}

/** What is searched for in bytes, slice by slice. */
export interface SearchTarget {
  /** Bytes that a match may have after its first one. */
  readonly reach: number;
  /** Bytes before a match that are needed to recognise it. */
  readonly back: number;
  /**
   * The first match, or the last, that begins from `low` to `high`: positions in `bytes`, whose first byte has an even
   * position in the payload.
   */
  readonly find: (bytes: Uint8Array, low: number, high: number, direction: 1 | -1) => Hit | null;
}
export type SearchMode = 'text' | 'hex';
export type ParsedTarget =
  | { readonly ok: true; readonly sought: SearchTarget }
  | { readonly ok: false; readonly message: string };

/** Hex with `?` for any digit. */
export function byteTarget(text: string): ParsedTarget {
  const pattern = parseHexPattern(text);
  if (!pattern.ok) return pattern;
  const { length } = pattern.values;
  return {
    ok: true,
    sought: {
      reach: length - 1,
      back: 0,
      find: (bytes, low, high, direction) => {
        const last = Math.min(high, bytes.length - length);
        const at = length === 0 ? -1 : findPattern(bytes, pattern, low, last, direction);
        return at < 0 ? null : { from: at, to: at + length };
      },
    },
  };
}

/** A byte matches if it equals `values` in the bits of `masks`. */
interface Pattern {
  readonly values: Uint8Array;
  readonly masks: Uint8Array;
}

function findPattern(bytes: Uint8Array, pattern: Pattern, low: number, high: number, direction: 1 | -1): number {
  for (let at = direction > 0 ? low : high; at >= low && at <= high; at += direction)
    if (matches(bytes, at, pattern)) return at;
  return -1;
}

const matches = (bytes: Uint8Array, at: number, { values, masks }: Pattern): boolean => {
  for (let i = 0; i < values.length; i += 1)
    if (((bytes[at + i] as number) & (masks[i] as number)) !== values[i]) return false;
  return true;
};

export interface Found extends Hit {
  /** It was found beyond the payload's end or beginning. */
  readonly wrapped: boolean;
}

/** Bytes read at once. */
const STEP = 512 * 1024;

/**
 * The next match from `from` on (or before it), once around; null if there is none. Reads slice by slice, so that a
 * payload of any size can be searched; throws the reason with which `signal` was aborted.
 */
export async function searchPayload(
  read: (from: number, to: number) => Promise<Result<Uint8Array>>,
  size: number,
  { reach, back, find }: SearchTarget,
  from: number,
  direction: 1 | -1,
  signal: AbortSignal,
): Promise<Result<Found | null>> {
  const last = size - 1;
  if (last < 0 || reach < 0) return { ok: true, value: null };
  // Where a match may begin, in search order: to the end, then around to the start.
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
      const base = Math.max(0, start - back - ((start - back) % 2));
      const slice = await read(base, Math.min(size, end + 1 + reach));
      if (!slice.ok) return slice;
      const hit = find(slice.value, start - base, end - base, direction);
      if (hit) return { ok: true, value: { from: base + hit.from, to: base + hit.to, wrapped } };
    }
  }
  return { ok: true, value: null };
}

/** The positions from `low` to `high` in steps, both ends included. */
function* steps(low: number, high: number, direction: 1 | -1): Generator<[number, number]> {
  if (direction > 0) for (let at = low; at <= high; at += STEP) yield [at, Math.min(high, at + STEP - 1)];
  else for (let at = high; at >= low; at -= STEP) yield [Math.max(low, at - STEP + 1), at];
}
