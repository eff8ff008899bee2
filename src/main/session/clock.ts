import type { HostTime } from '../../shared/session.ts';

/**
 * How far the wall clock may drift from the monotonic one, in µs, before it is read again: Date has whole milliseconds.
 */
const TOLERANCE = 2000;
const CHECK_EVERY = 100_000;

/** µs of a clock that is never set, the same on every thread of this process. */
const monotonic = (): number => Number(process.hrtime.bigint() / 1000n);

/** Both clocks of this host, as its windows get them. */
export const hostTime = (): HostTime => ({ wall: Date.now() * 1000, mono: monotonic() });

export interface Instant {
  /** µs since 1970-01-01 UTC; follows the system's clock, backwards too. */
  readonly wall: number;
  /** µs since the clock was created; never decreases. */
  readonly mono: number;
}

/** Both clocks in µs from one reading. */
export class Clock {
  readonly #start: number;
  #offset = 0;
  #checkedAt = Number.NEGATIVE_INFINITY;

  /** `start`: where on {@link monotonic} its own µs begin. */
  constructor(start = monotonic()) {
    this.#start = performance.now() - (monotonic() - start) / 1000;
  }

  now(): Instant {
    return this.at(performance.now());
  }

  /** `ms` of performance.now() on this thread, not long ago. */
  at(ms: number): Instant {
    const mono = this.#micros(ms);
    if (mono - this.#checkedAt > CHECK_EVERY) this.#check();
    return { wall: mono + this.#offset, mono };
  }

  #micros(ms: number): number {
    return Math.round((ms - this.#start) * 1000);
  }

  #check(): void {
    const mono = this.#micros(performance.now());
    this.#checkedAt = mono;
    const offset = Date.now() * 1000 - mono;
    if (Math.abs(offset - this.#offset) > TOLERANCE) this.#offset = offset;
  }
}
