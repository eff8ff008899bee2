import type { RecordHead } from './log.ts';

/** A payload as JSON can hold it: text where the bytes are valid UTF-8, else hex. */
export type JsonContent = { readonly text: string } | { readonly hex: string };

/** C1 controls, bidi controls, zero-width and line separators: legal in JSON, but not on a terminal. */
const UNSAFE = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON of `value` in which nothing can play tricks on a terminal. */
export const safeJson = (value: unknown): string => JSON.stringify(value).replace(UNSAFE, escaped);

/** The keys of a record's line before its payload. */
export const jsonHead = ({ seq, wall, kind, direction, size }: RecordHead) => ({
  seq,
  time: isoMicros(wall),
  kind,
  ...(direction && { direction }),
  size,
});

/** The keys of a record's line after its payload. */
export const jsonTail = ({ code, detail }: RecordHead) => ({
  ...(code !== null && { code }),
  ...(detail !== null && { detail }),
});

/** UTC with microseconds; `wall` in µs since 1970. */
export function isoMicros(wall: number): string {
  const ms = Math.floor(wall / 1000);
  const micros = String(wall - ms * 1000).padStart(3, '0');
  return new Date(ms).toISOString().replace('Z', `${micros}Z`);
}
