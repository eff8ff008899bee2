import { buffer } from '../store/content.ts';

/** Bytes that tell a file's format. */
const SIGNATURE = 4;
/** What a file starts with, in hex. */
const NAMED: readonly (readonly [signature: RegExp, what: string])[] = [
  [/^(?:fffe0000|0000feff)/, 'it is UTF-32: save it as UTF-8'],
  [/^(?:(?!00)..00(?!00)..00|00(?!00)..00(?!00)..)/, 'it is UTF-16 without a byte order mark: save it as UTF-8'],
  [/^(?:1f8b|504b0304|377abcaf|fd377a58|425a68|28b52ffd)/, 'it is compressed: unpack it first'],
];

/**
 * The bytes of a file as UTF-8: unchanged, or converted from UTF-16 with a byte order mark, which Windows PowerShell
 * makes of everything it writes. The byte order mark stays.
 */
export class Utf8Source {
  #start = Buffer.alloc(0);
  #decoder: InstanceType<typeof TextDecoder> | null | undefined;

  /** Throws `RangeError` saying what the file is if it is neither. */
  take(chunk: Uint8Array): Buffer {
    if (this.#decoder !== undefined) return this.#decoded(chunk);
    this.#start = Buffer.concat([this.#start, chunk]);
    return this.#start.length < SIGNATURE ? Buffer.alloc(0) : this.#begin();
  }

  /** What was held back of a file shorter than a signature. Half a character at the end is dropped. */
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
