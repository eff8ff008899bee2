import type { Direction, Kind } from '../../../shared/domain.ts';

/** How kinds and directions stand in the file. A number, once given, keeps its meaning in every later version. */
export const KIND_CODES: Readonly<Record<Kind, number>> = {
  opened: 1,
  message: 2,
  timeout: 3,
  exit: 4,
  error: 5,
  anomaly: 6,
  closed: 7,
  notice: 8,
};
export const DIRECTION_CODES: Readonly<Record<Direction, number>> = { in: 1, out: 2 };

const inverse = <T extends string>(codes: Readonly<Record<T, number>>) =>
  new Map((Object.entries(codes) as [T, number][]).map(([word, code]) => [code, word]));
const KINDS = inverse(KIND_CODES);
const DIRECTIONS = inverse(DIRECTION_CODES);

/** Throws `RangeError` for a number that no version of the format has given out. */
export function kindOf(code: number): Kind {
  const kind = KINDS.get(code);
  if (!kind) throw new RangeError(`The capture holds a record of the unknown kind ${code}.`);
  return kind;
}

/** Throws `RangeError` for a number that no version of the format has given out. */
export function directionOf(code: number | null): Direction | null {
  if (code === null) return null;
  const direction = DIRECTIONS.get(code);
  if (!direction) throw new RangeError(`The capture holds a record of the unknown direction ${code}.`);
  return direction;
}

/** Text as SQLite keeps it whole: TEXT, or UTF-16 bytes where UTF-8 (half surrogates) or C strings (NUL) would lose some. */
export function storeText(text: string | null): string | Uint8Array | null {
  if (text === null || (text.isWellFormed() && !text.includes('\0'))) return text;
  return Buffer.from(text, 'utf16le');
}

export function loadText(stored: string | Uint8Array | null): string | null {
  if (stored === null || typeof stored === 'string') return stored;
  return Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength).toString('utf16le');
}
