/** The payloads of two records being compared. */
export interface Pair {
  readonly a: Uint8Array;
  readonly b: Uint8Array;
}
