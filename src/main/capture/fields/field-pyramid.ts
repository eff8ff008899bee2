import { bucketOf, WIDTHS } from '../store/levels.ts';
import { FieldBucket } from './field-bucket.ts';
import type { FieldCache } from './field-cache.ts';

interface Open {
  readonly bucket: number;
  readonly values: FieldBucket;
}

/** The buckets of one field on every level, as values arrive in order of time; only the newest are in memory. */
export class FieldPyramid {
  readonly #cache: FieldCache;
  readonly #id: number;
  readonly #open: (Open | undefined)[] = WIDTHS.map(() => undefined);

  constructor(cache: FieldCache, id: number) {
    this.#cache = cache;
    this.#id = id;
  }

  add(mono: number, value: number): void {
    for (const level of WIDTHS.keys()) {
      const bucket = bucketOf(level, mono);
      const open = this.#open[level];
      if (open?.bucket === bucket) open.values.add(value);
      else this.#begin(level, bucket, value);
    }
  }

  /** Writes what is still in memory. */
  save(): void {
    for (const level of WIDTHS.keys()) this.#save(level);
  }

  #begin(level: number, bucket: number, value: number): void {
    this.#save(level);
    const stored = this.#cache.load(this.#id, level, bucket);
    stored?.add(value);
    this.#open[level] = { bucket, values: stored ?? FieldBucket.of(value) };
  }

  #save(level: number): void {
    const open = this.#open[level];
    if (open) this.#cache.save(this.#id, level, open.bucket, open.values);
  }
}
