import type { Anchor, BytePattern } from '../../shared/text/pattern.ts';

/** Bytes from `start` to `end` of a chunk. */
export interface Hit {
  readonly start: number;
  readonly end: number;
}

/** Finds byte patterns; linear in the bytes searched. */
export interface Finder {
  /** The first match that begins at or after `from`. */
  find(bytes: Buffer, from: number): Hit | undefined;
}

/** Finds what a pattern over bytes matches. */
export function patternFinder({ source, longest, anchor }: Omit<BytePattern, 'isWhole'>): Finder {
  const pattern = new Pattern(source, longest);
  return anchor ? new Anchored(pattern, source, longest, anchor) : pattern;
}

/** Bytes searched at once, as a string of as many characters. */
const WINDOW = 1024 * 1024;

/** A regular expression over bytes, each as one Latin-1 character. It repeats nothing, so it can't run for long. */
class Pattern implements Finder {
  readonly #regex: RegExp;
  readonly #longest: number;
  #bytes: Buffer | undefined;
  #base = 0;
  #text = '';

  constructor(source: string, longest: number) {
    this.#regex = new RegExp(source, 'g');
    this.#longest = longest;
  }

  find(bytes: Buffer, from: number): Hit | undefined {
    for (let at = from; at < bytes.length; at = this.#base + WINDOW) {
      this.#load(bytes, at);
      this.#regex.lastIndex = at - this.#base;
      const match = this.#regex.exec(this.#text);
      if (match) return { start: this.#base + match.index, end: this.#base + match.index + match[0].length };
    }
    return undefined;
  }

  #load(bytes: Buffer, at: number): void {
    if (this.#bytes === bytes && at >= this.#base && at < this.#base + WINDOW) return;
    this.#bytes = bytes;
    this.#base = at;
    this.#text = bytes.toString('latin1', at, Math.min(at + WINDOW + this.#longest, bytes.length));
  }
}

/**
 * The whole pattern is searched for once its anchor was seen this often, and on average at most this many bytes apart.
 */
const DENSE_AFTER = 64;
const DENSE = 200;

/**
 * A pattern with bytes that are in everything it matches: those are found much faster, and the pattern is tried around
 * them.
 */
class Anchored implements Finder {
  readonly #pattern: Pattern;
  readonly #around: RegExp;
  readonly #longest: number;
  readonly #anchor: Buffer;
  readonly #before: number;
  /** Has so many anchors that the pattern itself is found sooner. */
  #dense: Buffer | undefined;

  constructor(pattern: Pattern, source: string, longest: number, { bytes, before }: Anchor) {
    this.#pattern = pattern;
    this.#around = new RegExp(source);
    this.#longest = longest;
    this.#anchor = Buffer.from(bytes);
    this.#before = before;
  }

  find(bytes: Buffer, from: number): Hit | undefined {
    if (this.#dense === bytes) return this.#pattern.find(bytes, from);
    let tried = 0;
    for (let at = bytes.indexOf(this.#anchor, from); at >= 0; at = bytes.indexOf(this.#anchor, at + 1)) {
      const start = Math.max(from, at - this.#before);
      const match = this.#around.exec(bytes.toString('latin1', start, at + this.#longest));
      if (match) return { start: start + match.index, end: start + match.index + match[0].length };
      if (++tried < DENSE_AFTER || at - from > tried * DENSE) continue;
      this.#dense = bytes;
      return this.#pattern.find(bytes, start);
    }
    return undefined;
  }
}
