/** µs of one bucket, and how many there are; what is later is in the last. */
const BUCKET = 10;
const BUCKETS = 10_000;

export interface LatenessFigures {
  readonly count: number;
  /** µs; null before the first. */
  readonly p50: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

/** How late messages were sent, in constant memory; quantiles to 10 µs, up to 100 ms. */
export class Lateness {
  readonly #buckets = new Uint32Array(BUCKETS);
  #count = 0;
  #max = 0;

  /** µs, not negative. */
  add(micros: number): void {
    this.#count++;
    this.#max = Math.max(this.#max, micros);
    const bucket = Math.min(BUCKETS - 1, Math.max(0, Math.floor(micros / BUCKET)));
    this.#buckets[bucket] = (this.#buckets[bucket] as number) + 1;
  }

  get figures(): LatenessFigures {
    const isEmpty = this.#count === 0;
    return {
      count: this.#count,
      p50: isEmpty ? null : this.#quantile(0.5),
      p99: isEmpty ? null : this.#quantile(0.99),
      max: isEmpty ? null : Math.round(this.#max),
    };
  }

  /** The end of its bucket, but at most the maximum. */
  #quantile(share: number): number {
    let left = Math.ceil(this.#count * share);
    let bucket = -1;
    while (left > 0) left -= this.#buckets[++bucket] as number;
    const end = bucket === BUCKETS - 1 ? this.#max : (bucket + 1) * BUCKET;
    return Math.round(Math.min(end, this.#max));
  }
}
