import type { Decoded } from '../types/decoder.ts';

/** A difference between what was expected and what arrived, in one place. */
export interface Difference {
  /** Where: `hdr.id`, `order.items[2]`, `byte 3`; empty: the whole message. */
  readonly path: string;
  readonly expected: string;
  readonly actual: string;
}

/** What a match has read from a message, to be captured. */
export interface Found {
  readonly groups?: readonly (string | undefined)[];
  readonly named?: Readonly<Record<string, string | undefined>>;
  readonly json?: unknown;
  readonly decoded?: Decoded;
}

export type Verdict =
  | { readonly ok: true; readonly found: Found }
  /** `reason`: a sentence for people. */
  | { readonly ok: false; readonly reason: string; readonly diff: readonly Difference[] };

export const MATCHES: Verdict = { ok: true, found: {} };
const MAX_SHOWN = 80;
/** The most differences that are reported for one message. */
const MAX_DIFFERENCES = 50;

export const differs = (reason: string, ...diff: readonly Difference[]): Verdict => ({
  ok: false,
  reason,
  diff: diff.slice(0, MAX_DIFFERENCES),
});

/** As quoted in a sentence. */
export const quoted = (text: string): string => `“${text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text}”`;

export const hexByte = (byte: number): string => byte.toString(16).padStart(2, '0');

/** A few bytes from a position on. */
export const hexAt = (bytes: Uint8Array, at: number, count = 16): string =>
  at >= bytes.length
    ? 'nothing'
    : Array.from(bytes.subarray(at, at + count), hexByte).join(' ') + (at + count < bytes.length ? ' …' : '');

export const inBytes = (count: number): string => (count === 1 ? '1 byte' : `${count.toLocaleString('en')} bytes`);
