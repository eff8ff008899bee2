/** Collects payloads one after another in memory that is reused from batch to batch. */
export class PayloadBuffer {
  readonly #usual: number;
  #memory: Uint8Array<ArrayBuffer>;
  #size = 0;

  /** @param usual bytes after which a batch is usually taken */
  constructor(usual: number) {
    this.#usual = usual;
    this.#memory = new Uint8Array(usual);
  }

  /** Bytes collected since the last {@link take}. */
  get size(): number {
    return this.#size;
  }

  add(bytes: Uint8Array): void {
    const needed = this.#size + bytes.byteLength;
    if (needed > this.#memory.byteLength) this.#grow(needed);
    this.#memory.set(bytes, this.#size);
    this.#size = needed;
  }

  /** Everything collected, in an ArrayBuffer of its own that can be transferred. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#memory.subarray(0, this.#size);
    this.#size = 0;
    if (this.#memory.byteLength === this.#usual) return taken.slice();
    this.#memory = new Uint8Array(this.#usual);
    return taken;
  }

  #grow(needed: number): void {
    const memory = new Uint8Array(needed);
    memory.set(this.#memory.subarray(0, this.#size));
    this.#memory = memory;
  }
}
