const SLAB_BYTES = 1024 * 1024;
/** Above this a piece gets memory of its own: a slab lives as long as any piece of it. */
const LARGEST_PIECE = SLAB_BYTES / 8;

/** Memory for many short-lived pieces: allocating each by itself costs more than copying a message. */
export class Slab {
  #slab = new ArrayBuffer(0);
  #used = 0;

  /** `length` bytes that nobody else uses, not zeroed. */
  take(length: number): Uint8Array<ArrayBuffer> {
    if (length > LARGEST_PIECE) return new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
    if (this.#used + length > this.#slab.byteLength) {
      this.#slab = new ArrayBuffer(SLAB_BYTES);
      this.#used = 0;
    }
    const piece = new Uint8Array(this.#slab, this.#used, length);
    this.#used += length;
    return piece;
  }
}
