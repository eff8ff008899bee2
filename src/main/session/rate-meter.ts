const BUCKETS = 10;
const BUCKET_MS = 100;

/** Events in the last second, in steps of 100 ms. */
export class RateMeter {
  readonly #counts = new Array<number>(BUCKETS).fill(0);
  #current = 0;

  count(): void {
    this.#advance();
    const at = this.#current % BUCKETS;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  perSecond(): number {
    this.#advance();
    return this.#counts.reduce((sum, n) => sum + n, 0);
  }

  #advance(): void {
    const now = Math.floor(performance.now() / BUCKET_MS);
    const from = Math.max(this.#current + 1, now - BUCKETS + 1);
    for (let bucket = from; bucket <= now; bucket++) this.#counts[bucket % BUCKETS] = 0;
    this.#current = now;
  }
}
