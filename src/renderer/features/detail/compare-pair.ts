/** The payloads of two records that are compared. */
export interface Pair {
  readonly a: Uint8Array;
  readonly b: Uint8Array;
}
