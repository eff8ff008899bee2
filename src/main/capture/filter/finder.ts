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

export function finderOf(needle: PatternNeedle): Finder {
  if (needle.type === 'hex')
    return needle.bytes.includes(null)
      ? new Pattern(needle.bytes.map(latin1Class).join(''), needle.bytes.length)
      : new Literal(Buffer.from(needle.bytes as number[]));
  return needle.ignoreCase ? foldedPattern(needle.text) : new Literal(Buffer.from(needle.text));
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

/** `text` in UTF-8, each character in upper or lower case. */
function foldedPattern(text: string): Pattern {
  const forms = [...text].map((char) =>
    [...new Set([char, char.toLowerCase(), char.toUpperCase()])].map((form) => Buffer.from(form)),
  );
  const source = forms
    .map((each) => `(?:${each.map((form) => [...form].map(latin1Class).join('')).join('|')})`)
    .join('');
  const longest = forms.reduce((sum, each) => sum + Math.max(...each.map((form) => form.length)), 0);
  return new Pattern(source, longest);
}
