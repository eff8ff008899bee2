import { foldedHits } from '../../../shared/text/fold.ts';
import { anyCasePattern } from '../../../shared/text/pattern.ts';
import type { Needle } from './plan.ts';

/** Bytes from `start` to `end` of a chunk. */
export interface Hit {
  readonly start: number;
  readonly end: number;
}

/** Finds byte patterns; linear in what it looks through. */
export interface Finder {
  /** The first hit that begins at or after `from`. */
  find(bytes: Buffer, from: number): Hit | undefined;
}

export type PatternNeedle = Exclude<Needle, { type: 'regex' }>;

/** How a needle is looked for. */
export interface Sought {
  readonly finder: Finder;
  /** Whether a payload in which there is a hit has the needle; left out where each has. */
  readonly confirm?: (payload: Buffer) => boolean;
}

export function soughtOf(needle: PatternNeedle): Sought {
  if (needle.type === 'hex') return { finder: bytesFinder(needle.bytes) };
  const { text } = needle;
  if (!needle.ignoreCase) return { finder: new Literal(Buffer.from(text)) };
  const { source, longest, isWhole } = anyCasePattern(text, (character) => Buffer.from(character));
  const finder = new Pattern(source, longest);
  return isWhole ? { finder } : { finder, confirm: (payload) => foldedHits(payload.toString(), text).length > 0 };
}

function bytesFinder(bytes: readonly (number | null)[]): Finder {
  if (!bytes.includes(null)) return new Literal(Buffer.from(bytes as number[]));
  return new Pattern(bytes.map(latin1Class).join(''), bytes.length);
}

class Literal implements Finder {
  readonly #literal: Buffer;

  constructor(literal: Buffer) {
    this.#literal = literal;
  }

  find(bytes: Buffer, from: number): Hit | undefined {
    const start = bytes.indexOf(this.#literal, from);
    return start < 0 ? undefined : { start, end: start + this.#literal.length };
  }
}

/** Bytes looked through at once, as a string of as many characters. */
const WINDOW = 1024 * 1024;

/** A regular expression over bytes, each as one character of Latin-1. It repeats nothing, so it can't run for long. */
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

const latin1Class = (byte: number | null) => (byte === null ? '[^]' : `\\x${byte.toString(16).padStart(2, '0')}`);
