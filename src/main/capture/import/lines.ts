/** Splits a stream of bytes into lines at line feeds. */
export class LineSplitter {
  readonly #limitOf: (start: Buffer) => number;
  #parts: Buffer[] = [];
  #bytes = 0;
  #limit: number | undefined;

  /** @param limitOf the most bytes that a line may have, judged by its start; may throw */
  constructor(limitOf: (start: Buffer) => number) {
    this.#limitOf = limitOf;
  }

  /** The lines that `chunk` completes, without their line feeds; keeps `chunk`. Throws what `limitOf` throws. */
  *take(chunk: Buffer): Generator<Buffer> {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      this.#keep(chunk.subarray(from, at));
      from = at + 1;
      yield this.#line();
    }
    this.#keep(chunk.subarray(from));
  }

  /** What follows the last line feed. */
  rest(): Buffer {
    return this.#line();
  }

  #keep(part: Buffer): void {
    if (part.length === 0) return;
    this.#parts.push(part);
    this.#bytes += part.length;
    if (this.#bytes <= SHORT_LINE) return;
    this.#limit ??= this.#limitOf(this.#parts.length === 1 ? part : Buffer.concat(this.#parts));
    if (this.#bytes > this.#limit) throw new RangeError('it is longer than its stated size allows');
  }

  #line(): Buffer {
    const [first = Buffer.alloc(0)] = this.#parts;
    const line = this.#parts.length > 1 ? Buffer.concat(this.#parts, this.#bytes) : first;
    this.#parts = [];
    this.#bytes = 0;
    this.#limit = undefined;
    return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
  }
}

/** Up to this many bytes a line may be anything; a longer one has to start like one of our records. */
export const SHORT_LINE = 1024 * 1024;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
