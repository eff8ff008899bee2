/** Bytes at the start of a message that distinguish it from another of the same length. */
export const COMPARED = 64 * 1024;

/** What was in a slot: its length, and a copy of its beginning. */
export interface Content {
  /** As in the header; may exceed the buffer. */
  readonly length: number;
  /** At most {@link COMPARED}. */
  readonly bytes: Uint8Array;
}

export const EMPTY: Content = { length: 0, bytes: new Uint8Array() };

/** Keeps `bytes` itself if they are all compared. */
export const contentOf = (length: number, bytes: Uint8Array): Content => ({
  length,
  bytes: bytes.length > COMPARED ? copyOf(bytes.subarray(0, COMPARED)) : bytes,
});

/** For a Buffer too, whose own slice isn't a copy. */
export const copyOf = (bytes: Uint8Array): Uint8Array => Uint8Array.prototype.slice.call(bytes);

export const isSame = (a: Content, b: Content): boolean =>
  a.length === b.length && Buffer.compare(a.bytes, b.bytes) === 0;

/**
 * Whether `seen` can be an intermediate state of a sender that overwrites `before` with `final`: it copies the bytes or
 * zeroes the slot first, in either direction, and stores the length last.
 */
export function isPartOf(final: Content, seen: Content, before: Content): boolean {
  if (seen.length !== before.length) return isSame(seen, final);
  return seen.bytes.every((byte, at) => byte === 0 || byte === before.bytes[at] || byte === (final.bytes[at] ?? byte));
}

/**
 * Whether a sender has certainly written all of `seen` over `before`: the length is stored after the data, and the last
 * byte isn't stored before the others.
 */
export function isWhole(seen: Content, before: Content): boolean {
  if (seen.length !== before.length) return true;
  if (seen.length > seen.bytes.length) return false;
  const last = seen.bytes.at(-1);
  return last !== 0 && last !== before.bytes.at(-1);
}
