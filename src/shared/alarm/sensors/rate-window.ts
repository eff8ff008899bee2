/** Steps in which the window moves. */
const STEPS = 40;

/** Counts what happened in the last `micros`, in steps of a fortieth of it. */
export class RateWindow {
  readonly #step: number;
  /** The completed steps, and the current one. */
  readonly #counts = new Array<number>(STEPS + 1).fill(0);
  #current: number;
  #sum = 0;

  constructor(micros: number, now: number) {
    this.#step = micros / STEPS;
    this.#current = this.#stepAt(now);
  }

  add(now: number, count = 1): void {
    this.#advance(now);
    this.#counts[this.#current % this.#counts.length] =
      (this.#counts[this.#current % this.#counts.length] ?? 0) + count;
    this.#sum += count;
  }

  /** In the completed steps, which are exactly the window. */
  passed(now: number): number {
    this.#advance(now);
    return this.#sum - (this.#counts[this.#current % this.#counts.length] ?? 0);
  }

  /** In the window up to this moment, or slightly less than that: never too many. */
  latest(now: number): number {
    this.#advance(now);
    return this.#sum - (this.#counts[(this.#current + 1) % this.#counts.length] ?? 0);
  }

  /** When the next step begins. */
  nextStep(now: number): number {
    return (this.#stepAt(now) + 1) * this.#step;
  }

  #stepAt(now: number): number {
    return Math.floor(now / this.#step);
  }

  #advance(now: number): void {
    const to = this.#stepAt(now);
    const from = Math.max(this.#current + 1, to - this.#counts.length + 1);
    for (let step = from; step <= to; step++) {
      const at = step % this.#counts.length;
      this.#sum -= this.#counts[at] ?? 0;
      this.#counts[at] = 0;
    }
    this.#current = Math.max(this.#current, to);
  }
}
