/** How far the wall clock may drift from the monotonic one, in µs, before it is taken anew: Date has whole milliseconds. */
const TOLERANCE = 2000;
const CHECK_EVERY = 100_000;

export interface Instant {
  /** µs since 1970-01-01 UTC; follows the system's clock, also backwards. */
  readonly wall: number;
  /** µs since the clock was made; never goes back. */
  readonly mono: number;
}

/** Both clocks in µs from one reading. */
export class Clock {
  readonly #start = performance.now();
  #offset = 0;
  #checkedAt = Number.NEGATIVE_INFINITY;

  now(): Instant {
    const mono = Math.round((performance.now() - this.#start) * 1000);
    if (mono - this.#checkedAt > CHECK_EVERY) this.#check(mono);
    return { wall: mono + this.#offset, mono };
  }

  #check(mono: number): void {
    this.#checkedAt = mono;
    const offset = Date.now() * 1000 - mono;
    if (Math.abs(offset - this.#offset) > TOLERANCE) this.#offset = offset;
  }
}
