import type { TermOf } from '../../shared/filter/filter.ts';
import { codecOf } from '../../shared/text/codecs.ts';
import { type Encoding, guessEncoding } from '../../shared/text/encodings.ts';
import { foldedHits } from '../../shared/text/fold.ts';
import { anyCasePattern } from '../../shared/text/pattern.ts';
import { lenientText } from './payload-text.ts';

/** Bytes from `start` to `end` of a chunk. */
interface Hit {
  readonly start: number;
  readonly end: number;
}

/** Finds byte patterns; linear in what it looks through. */
interface Finder {
  /** The first hit that begins at or after `from`. */
  find(bytes: Buffer, from: number): Hit | undefined;
}

/** One way to look for a needle. */
export interface SearchTarget {
  readonly finder: Finder;
  /** Whether a payload in which there is a hit has the needle; left out where each has. */
  readonly confirm?: (payload: Buffer) => boolean;
  /** False for a chunk that can have no hit; left out where each can. */
  readonly mayBeIn?: (chunk: Buffer) => boolean;
}

/** The ways to look for a text; a hit of any of them is one. */
export function textTarget(term: TermOf<'text'>): readonly SearchTarget[] {
  const { encoding = 'utf-8' } = term;
  if (encoding !== 'auto') return textIn(term, encoding);
  return [...textIn(term, 'utf-8'), ...GUESSED.flatMap((guess) => guessedText(term, guess))];
}

/** Whether a payload has the needle: a hit of any of the ways is one. */
export const isIn = (payload: Buffer, ways: readonly SearchTarget[]): boolean =>
  ways.some(
    ({ finder, confirm, mayBeIn }) =>
      (!mayBeIn || mayBeIn(payload)) && finder.find(payload, 0) && (!confirm || confirm(payload)),
  );

export const byteTarget = ({ bytes }: TermOf<'hex'>): readonly SearchTarget[] => [{ finder: bytesFinder(bytes) }];

/** What `auto` can guess beside UTF-8. */
const GUESSED = ['utf-16le', 'utf-16be'] as const;

/** UTF-16 is guessed where there are zeros or a byte order mark, which has a 0xfe. */
function guessedText(term: TermOf<'text'>, guess: Encoding): SearchTarget[] {
  return textIn(term, guess).map(({ finder, confirm }) => ({
    finder,
    confirm: (payload) => guessEncoding(payload, payload.length) === guess && (!confirm || confirm(payload)),
    mayBeIn: (chunk) => chunk.includes(0) || chunk.includes(0xfe),
  }));
}

/**
 * In UTF-8 a text's bytes are nothing else. In others they may be halves of other characters: the payload is read to be
 * sure.
 */
function textIn({ text, ignoreCase }: TermOf<'text'>, encoding: Encoding): SearchTarget[] {
  const finder = ignoreCase ? undefined : literalIn(text, encoding);
  if (finder)
    return encoding === 'utf-8'
      ? [{ finder }]
      : [{ finder, confirm: (payload) => lenientText(payload, encoding).includes(text) }];
  if (!ignoreCase) return [];
  const { source, longest, isWhole } = anyCasePattern(text, (character) => encoded(character, encoding));
  const pattern = new Pattern(source, longest);
  if (isWhole && encoding === 'utf-8') return [{ finder: pattern }];
  return [{ finder: pattern, confirm: (payload) => foldedHits(lenientText(payload, encoding), text).length > 0 }];
}

function literalIn(text: string, encoding: Encoding): Finder | undefined {
  const bytes = encoding === 'utf-8' ? Buffer.from(text) : encoded(text, encoding);
  return bytes && new Literal(Buffer.from(bytes));
}

function encoded(text: string, encoding: Encoding): Uint8Array | undefined {
  const result = codecOf(encoding).encode(text);
  return result.ok ? result.bytes : undefined;
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
