import koffi from 'koffi';

const ADDRESS = Symbol('address');

/**
 * Bytes that stay where they are for as long as they live, so that a function of the OS can be given their address.
 * koffi passes on a number in less time than an array, which shows in what every message takes.
 */
export interface Pinned extends Uint8Array<ArrayBuffer> {
  readonly [ADDRESS]: number;
}

/** @param at how many bytes, or the buffer of others, of which these are the first `length` */
export function pinned(at: number | ArrayBuffer, length?: number): Pinned {
  // An array that has no buffer of its own lies in V8's heap as long as it is small, and moves.
  const bytes = new Uint8Array(typeof at === 'number' ? new ArrayBuffer(at) : at, 0, length);
  // User space ends far below 2^53.
  return Object.defineProperty(bytes as Pinned, ADDRESS, { value: Number(koffi.address(bytes)) });
}

/** Undefined for bytes that are not {@link pinned}. */
export function addressOf(bytes: Pinned): number;
export function addressOf(bytes: Uint8Array): number | undefined;
export function addressOf(bytes: Uint8Array): number | undefined {
  return (bytes as Partial<Pinned>)[ADDRESS];
}
