import { buffer } from '../store/content.ts';

/** Bytes that tell what a file is. */
const SIGNATURE = 4;
/** What a file begins with, in hex. */
const NAMED: readonly (readonly [signature: RegExp, what: string])[] = [
  [/^(?:fffe0000|0000feff)/, 'it is UTF-32: save it as UTF-8'],
  [/^(?:(?!00)..00(?!00)..00|00(?!00)..00(?!00)..)/, 'it is UTF-16 without a byte order mark: save it as UTF-8'],
  [/^(?:1f8b|504b0304|377abcaf|fd377a58|425a68|28b52ffd)/, 'it is compressed: unpack it first'],
];

/**
 * The bytes of a file as UTF-8: as they are, or made from UTF-16 with its byte order mark, which Windows PowerShell
 * makes of all that it writes. A byte order mark stays.
 */
export class Utf8Source {
  #start = Buffer.alloc(0);
  #decoder: InstanceType<typeof TextDecoder> | null | undefined;

  /** Throws `RangeError` that says what the file is where it is no text of these. */
  take(chunk: Uint8Array): Buffer {
    if (this.#decoder !== undefined) return this.#decoded(chunk);
    this.#start = Buffer.concat([this.#start, chunk]);
    return this.#start.length < SIGNATURE ? Buffer.alloc(0) : this.#begin();
  }

  /** What was held back of a file that is shorter than a signature. Half a character at the end is left out. */
  end(): Buffer {
    return this.#decoder === undefined ? this.#begin() : Buffer.alloc(0);
  }

  #begin(): Buffer {
    const start = this.#start;
    this.#start = Buffer.alloc(0);
    const signature = start.toString('hex', 0, SIGNATURE);
    const named = NAMED.find(([pattern]) => pattern.test(signature));
    if (named) throw new RangeError(named[1]);
    const encoding = signature.startsWith('fffe') ? 'utf-16le' : signature.startsWith('feff') ? 'utf-16be' : null;
    this.#decoder = encoding && new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
    return this.#decoded(start);
  }

  #decoded(chunk: Uint8Array): Buffer {
    if (!this.#decoder) return buffer(chunk);
    try {
      return Buffer.from(this.#decoder.decode(chunk, { stream: true }));
    } catch {
      throw new RangeError('it is UTF-16 with an incomplete character');
    }
  }
}
