/** Each power of two is split into this many equal steps, so a value is known to within 1/8. */
const STEPS = 8;
const STEP_BITS = 3;
/** Steps up to 2^53. */
const SLOTS = (53 - STEP_BITS + 1) * STEPS;

/** The step that `value` (a whole number, at least 0) falls into; up to 15 each number has its own. */
export function slotOf(value: number): number {
  if (value < STEPS) return value;
  const exponent = value < 2 ** 31 ? 31 - Math.clz32(value) : Math.floor(Math.log2(value));
  return (exponent - STEP_BITS) * STEPS + Math.floor(value / 2 ** (exponent - STEP_BITS));
}

/** The smallest value of a step, which is also the end of the previous one. */
export function slotStart(slot: number): number {
  if (slot < 2 * STEPS) return slot;
  const exponent = Math.floor(slot / STEPS) - 1;
  return (STEPS + (slot % STEPS)) * 2 ** exponent;
}

/** The totals of values, without their distribution. */
export interface Extent {
  readonly count: number;
  readonly sum: number;
  /** Up to 1/8 too low if it was read from steps. */
  readonly least: number;
  readonly most: number;
}

/** The totals of what {@link Histogram.encode} wrote, without its steps: much faster. */
export function extentOf(bytes: Uint8Array): Extent {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [count, lowest] = [0, SLOTS];
  for (let at = 16; at < bytes.byteLength; at += 8) {
    lowest = Math.min(lowest, view.getUint32(at, true));
    count += view.getUint32(at + 4, true);
  }
  const most = view.getFloat64(0, true);
  return { count, sum: view.getFloat64(8, true), least: Math.min(slotStart(lowest), most), most };
}

/** How often each value occurred, on a logarithmic scale. Adding and merging take constant time. */
export class Histogram {
  count = 0;
  max = 0;
  sum = 0;
  readonly #counts = new Map<number, number>();

  add(value: number): void {
    const slot = Math.min(slotOf(value), SLOTS - 1);
    this.#counts.set(slot, (this.#counts.get(slot) ?? 0) + 1);
    this.count++;
    this.sum += value;
    if (value > this.max) this.max = value;
  }

  merge(other: Histogram): void {
    for (const [slot, n] of other.#counts) this.#counts.set(slot, (this.#counts.get(slot) ?? 0) + n);
    this.count += other.count;
    this.sum += other.sum;
    this.max = Math.max(this.max, other.max);
  }

  /** Steps in use, ascending. */
  slots(): [slot: number, count: number][] {
    return [...this.#counts].sort(([a], [b]) => a - b);
  }

  /** The value that a `share` (0 to 1) of all values don't exceed: the middle of its step, so at most 1/16 off. */
  quantile(share: number): number {
    let left = Math.max(1, Math.ceil(share * this.count));
    for (const [slot, n] of this.slots()) {
      left -= n;
      if (left <= 0) return Math.min(this.max, Math.floor((slotStart(slot) + slotStart(slot + 1) - 1) / 2));
    }
    return 0;
  }

  /** f64 maximum, f64 sum, then u32 step and u32 count of each step; nothing when it is empty. */
  encode(): Uint8Array | null {
    if (this.count === 0) return null;
    const view = new DataView(new ArrayBuffer(16 + this.#counts.size * 8));
    view.setFloat64(0, this.max, true);
    view.setFloat64(8, this.sum, true);
    let at = 16;
    for (const [slot, n] of this.#counts) {
      view.setUint32(at, slot, true);
      view.setUint32(at + 4, n, true);
      at += 8;
    }
    return new Uint8Array(view.buffer);
  }

  /** Adds what {@link encode} wrote. Throws `RangeError` for anything else. */
  mergeEncoded(bytes: Uint8Array | null): void {
    if (!bytes) return;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.max = Math.max(this.max, view.getFloat64(0, true));
    this.sum += view.getFloat64(8, true);
    for (let at = 16; at < bytes.byteLength; at += 8) {
      const slot = view.getUint32(at, true);
      const n = view.getUint32(at + 4, true);
      if (slot >= SLOTS) throw new RangeError(`A histogram of the capture has the unknown step ${slot}.`);
      this.#counts.set(slot, (this.#counts.get(slot) ?? 0) + n);
      this.count += n;
    }
  }
}
