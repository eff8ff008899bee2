import type { Run } from './utf8.ts';

export type Encoded =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  /** The first character that the encoding lacks, or half of one: `text.slice(at, at + length)`. */
  | { readonly ok: false; readonly at: number; readonly length: number };

/** Reads and writes one encoding; what it reads, it writes back as it was. */
export interface Codec {
  /** Cuts bytes into what is text and the single bytes that are none: nothing is replaced, nothing lost. */
  readonly runs: (bytes: Uint8Array) => Run[];
  /** The text that bytes encode; null where some of them are none. `cut`: the last character may be incomplete. */
  readonly decode: (bytes: Uint8Array, cut?: boolean) => string | null;
  readonly encode: (text: string) => Encoded;
  /**
   * The first place from `at` on at which a character begins, a few bytes further at most. `bytes` begin with a
   * character.
   */
  readonly characterStart: (bytes: Uint8Array, at: number) => number;
}
