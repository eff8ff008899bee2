import type { Lane } from '../../../shared/domain.ts';
import { KINDS, type Kind } from '../../../shared/record-kind.ts';

/**
 * The numbers of kinds in the file, and the version that introduced each. A number, once assigned, keeps its meaning in
 * all later versions.
 */
export const STORED_KINDS: Readonly<Record<Kind, { readonly code: number; readonly since: number }>> = {
  opened: { code: 1, since: 1 },
  message: { code: 2, since: 1 },
  timeout: { code: 3, since: 1 },
  exit: { code: 4, since: 1 },
  error: { code: 5, since: 1 },
  anomaly: { code: 6, since: 1 },
  closed: { code: 7, since: 1 },
  notice: { code: 8, since: 2 },
  alarm: { code: 9, since: 6 },
  snapshot: { code: 10, since: 6 },
};
export const KIND_CODES = Object.fromEntries(KINDS.map((kind) => [kind, STORED_KINDS[kind].code])) as Readonly<
  Record<Kind, number>
>;
export const LANE_CODES: Readonly<Record<Lane, number>> = { s2c: 1, c2s: 2 };

const inverse = <T extends string>(codes: Readonly<Record<T, number>>) =>
  new Map((Object.entries(codes) as [T, number][]).map(([word, code]) => [code, word]));
const KINDS_BY_CODE = inverse(KIND_CODES);
const LANES_BY_CODE = inverse(LANE_CODES);

/** Throws `RangeError` for a number that no version has assigned. */
export function storedKind(code: number): Kind {
  const kind = KINDS_BY_CODE.get(code);
  if (!kind) throw new RangeError(`The capture has a record of unknown kind ${code}.`);
  return kind;
}

/** Throws `RangeError` for a number that no version has assigned. */
export function storedLane(code: number | null): Lane | null {
  if (code === null) return null;
  const lane = LANES_BY_CODE.get(code);
  if (!lane) throw new RangeError(`The capture holds a record of the unknown lane ${code}.`);
  return lane;
}

/**
 * Text in a form that SQLite stores unchanged: TEXT, or UTF-16 bytes if UTF-8 (lone surrogates) or C strings (NUL)
 * would lose something.
 */
export function storeText(text: string | null): string | Uint8Array | null {
  if (text === null || (text.isWellFormed() && !text.includes('\0'))) return text;
  return Buffer.from(text, 'utf16le');
}

export function loadText(stored: string | Uint8Array | null): string | null {
  if (stored === null || typeof stored === 'string') return stored;
  return Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength).toString('utf16le');
}
