/** Bytes at the beginning of a message that distinguish it from another of its length. */
export const COMPARED = 64 * 1024;

/** What stood in a slot: its length, and a copy of its beginning. */
export interface Content {
  /** As in the header, which may be beyond the buffer. */
  readonly length: number;
  /** At most {@link COMPARED}. */
  readonly bytes: Uint8Array;
}

export const EMPTY: Content = { length: 0, bytes: new Uint8Array() };

/** Keeps `bytes` where they are all compared. */
export const contentOf = (length: number, bytes: Uint8Array): Content => ({
  length,
  bytes: bytes.length > COMPARED ? copyOf(bytes.subarray(0, COMPARED)) : bytes,
});

/** Also of a Buffer, whose own slice is no copy. */
export const copyOf = (bytes: Uint8Array): Uint8Array => Uint8Array.prototype.slice.call(bytes);

export const isSame = (a: Content, b: Content): boolean =>
  a.length === b.length && Buffer.compare(a.bytes, b.bytes) === 0;

/**
 * Whether `seen` can be what a sender had left of `before` in the middle of writing `final`: it puts its bytes in their
 * place or zeroes the slot first, one way or the other, and stores the length at the end.
 */
export function isPartOf(final: Content, seen: Content, before: Content): boolean {
  if (seen.length !== before.length) return isSame(seen, final);
  return seen.bytes.every((byte, at) => byte === 0 || byte === before.bytes[at] || byte === (final.bytes[at] ?? byte));
}

/**
 * Whether a sender has surely written all of `seen` over `before`: the length is stored behind the data, and the last
 * byte is not stored before the others.
 */
export function isWhole(seen: Content, before: Content): boolean {
  if (seen.length !== before.length) return true;
  if (seen.length > seen.bytes.length) return false;
  const last = seen.bytes.at(-1);
  return last !== 0 && last !== before.bytes.at(-1);
}
