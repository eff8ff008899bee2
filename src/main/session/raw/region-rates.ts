/** The most regions of a section. */
const REGIONS = 128;
/** The least bytes of a region; a multiple of what is compared at once, or the other way round. */
const LEAST = 512;
const STEPS = 10;
const STEP_MS = 100;

/** Bytes that changed in the last second in each region of a section. Its memory doesn't grow with the section. */
export class RegionRates {
  readonly regionBytes: number;
  readonly #regions: number;
  readonly #steps: readonly Float64Array[];
  #current = 0;

  constructor(watched: number) {
    this.regionBytes = Math.max(LEAST, Math.ceil(watched / REGIONS / LEAST) * LEAST);
    this.#regions = Math.ceil(watched / this.regionBytes);
    this.#steps = Array.from({ length: STEPS }, () => new Float64Array(this.#regions));
  }

  /** `now` in ms. */
  count(offset: number, bytes: number, now: number): void {
    this.#advance(now);
    const step = this.#steps[this.#current % STEPS] as Float64Array;
    const region = Math.floor(offset / this.regionBytes);
    step[region] = (step[region] ?? 0) + bytes;
  }

  rates(now: number): number[] {
    this.#advance(now);
    return Array.from({ length: this.#regions }, (_, region) =>
      this.#steps.reduce((sum, step) => sum + (step[region] ?? 0), 0),
    );
  }

  #advance(now: number): void {
    const to = Math.floor(now / STEP_MS);
    for (let step = Math.max(this.#current + 1, to - STEPS + 1); step <= to; step++) this.#steps[step % STEPS]?.fill(0);
    this.#current = Math.max(this.#current, to);
  }
}
