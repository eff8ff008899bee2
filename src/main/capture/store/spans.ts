/**
 * Pairs of u32 record numbers, first and last, as they are in the file: little-endian, like every machine that this
 * runs on.
 */
export const writeSpans = (spans: readonly number[]): Uint8Array => new Uint8Array(Uint32Array.from(spans).buffer);

/**
 * Invalid pairs (the file may be anybody's) are dropped with everything after them: pairs must ascend, and each spans
 * two records or more.
 */
export function readSpans(stored: unknown): Uint32Array {
  if (!(stored instanceof Uint8Array)) return new Uint32Array();
  const spans = new Uint32Array(stored.slice(0, stored.byteLength & ~7).buffer);
  const wrong = spans.findIndex((number, index) => number <= (spans[index - 1] ?? -1));
  return wrong < 0 ? spans : spans.subarray(0, wrong & ~1);
}
