import type { Run } from './utf8.ts';

export type Encoded =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  /** The first character that the encoding lacks, or half of one: `text.slice(at, at + length)`. */
  | { readonly ok: false; readonly at: number; readonly length: number };

/** Decodes and encodes one encoding; what it decodes, it encodes as it was. */
export interface Codec {
  /** Splits bytes into text and single bytes that aren't text: nothing is replaced, nothing lost. */
  readonly runs: (bytes: Uint8Array) => Run[];
  /** The text that bytes encode; null if some aren't text. `cut`: the last character may be incomplete. */
  readonly decode: (bytes: Uint8Array, cut?: boolean) => string | null;
  readonly encode: (text: string) => Encoded;
  /**
   * The first position from `at` on at which a character begins, at most a few bytes further. `bytes` begin with a
   * character.
   */
  readonly characterStart: (bytes: Uint8Array, at: number) => number;
}
