/** A growing list of ascending u32 numbers, packed: 4 bytes each. */
export class NumberList {
  #numbers = new Uint32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(numbers: Uint32Array): void {
    this.#reserve(this.#length + numbers.length);
    this.#numbers.set(numbers, this.#length);
    this.#length += numbers.length;
  }

  push(number: number): void {
    this.#reserve(this.#length + 1);
    this.#numbers[this.#length++] = number;
  }

  /** Drops everything beyond the first `length` numbers. */
  truncate(length: number): void {
    this.#length = Math.min(length, this.#length);
  }

  at(position: number): number | undefined {
    return position < this.#length ? this.#numbers[position] : undefined;
  }

  /** How many numbers of the list are below `number`: the position of the first that isn't. */
  below(number: number): number {
    let [low, high] = [0, this.#length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#numbers[middle] as number) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** A view, valid until the list grows. */
  slice(from: number, count: number): Uint32Array {
    return this.#numbers.subarray(Math.min(from, this.#length), Math.min(from + count, this.#length));
  }

  #reserve(length: number): void {
    if (length <= this.#numbers.length) return;
    const larger = new Uint32Array(Math.max(length, this.#numbers.length * 2));
    larger.set(this.#numbers.subarray(0, this.#length));
    this.#numbers = larger;
  }
}
