/** A growing list of u32 numbers, packed: 4 bytes each. */
export class NumberList {
  #numbers = new Uint32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(number: number): void {
    if (this.#length === this.#numbers.length) {
      const larger = new Uint32Array(this.#length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length++] = number;
  }

  /** A view, good until the next push. */
  slice(from: number, count: number): Uint32Array {
    return this.#numbers.subarray(Math.min(from, this.#length), Math.min(from + count, this.#length));
  }
}
