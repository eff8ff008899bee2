import type { Lease } from '../kernel/kernel.ts';

/** A section, its two events, the event that wakes the thread, and the clock of its waits. */
const MOST = 5;
const NUMBERS = 4;

/**
 * What a session's thread holds in the process, in memory shared with the main thread, which can release it if the
 * thread died without closing it. What is closed is taken off the list before, so that nothing is ever released twice.
 */
export class Holdings {
  readonly buffer: SharedArrayBuffer;
  readonly #numbers: Float64Array;

  constructor(buffer = new SharedArrayBuffer(MOST * NUMBERS * Float64Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#numbers = new Float64Array(buffer);
  }

  note(leases: readonly Lease[]): void {
    this.#numbers.set(leases.flatMap(({ address, extent, handle, marker = 0 }) => [address, extent, handle, marker]));
  }

  clear(): void {
    this.#numbers.fill(0);
  }

  /** Read it only once the other thread is gone. */
  get leases(): Lease[] {
    const leases: Lease[] = [];
    for (let at = 0; at < this.#numbers.length; at += NUMBERS) {
      const [address = 0, extent = 0, handle = 0, marker = 0] = this.#numbers.subarray(at, at + NUMBERS);
      if (address !== 0 || handle !== 0) leases.push({ address, extent, handle, marker });
    }
    return leases;
  }
}
