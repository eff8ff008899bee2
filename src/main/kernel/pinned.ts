import koffi from 'koffi';

const ADDRESS = Symbol('address');

/**
 * Bytes that never move, so that an OS function can be given their address. koffi passes a number faster than an array,
 * which shows in what every message takes.
 */
export interface Pinned extends Uint8Array<ArrayBuffer> {
  readonly [ADDRESS]: number;
}

/** @param at how many bytes, or another's buffer, of which these are the first `length` */
export function pinned(at: number | ArrayBuffer, length?: number): Pinned {
  // A small array without a buffer of its own lives in V8's heap, and moves.
  const bytes = new Uint8Array(typeof at === 'number' ? new ArrayBuffer(at) : at, 0, length);
  // User space ends far below 2^53.
  return Object.defineProperty(bytes as Pinned, ADDRESS, { value: Number(koffi.address(bytes)) });
}

/** Undefined for bytes that aren't {@link pinned}. */
export function addressOf(bytes: Pinned): number;
export function addressOf(bytes: Uint8Array): number | undefined;
export function addressOf(bytes: Uint8Array): number | undefined {
  return (bytes as Partial<Pinned>)[ADDRESS];
}
