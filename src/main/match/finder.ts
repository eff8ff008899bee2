import type { TermOf } from '../../shared/filter/filter.ts';
import { codecOf } from '../../shared/text/codecs.ts';
import { type Encoding, guessEncoding } from '../../shared/text/encodings.ts';
import { foldedHits } from '../../shared/text/fold.ts';
import { type Anchor, anyCasePattern, longestAnchor } from '../../shared/text/pattern.ts';
import { type Finder, type Hit, patternFinder } from './pattern-finder.ts';
import { lenientText } from './payload-text.ts';

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
  const { isWhole, ...parts } = anyCasePattern(text, (character) => encoded(character, encoding));
  const pattern = patternFinder(parts);
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
  const anchors: Anchor[] = [];
  for (const [at, byte] of bytes.entries()) {
    if (byte === null) continue;
    const run = at > 0 && bytes[at - 1] !== null ? anchors.pop() : undefined;
    anchors.push({ bytes: [...(run?.bytes ?? []), byte], before: run?.before ?? at });
  }
  const source = bytes.map(latin1Class).join('');
  return patternFinder({ source, longest: bytes.length, anchor: longestAnchor(anchors) });
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

const latin1Class = (byte: number | null) => (byte === null ? '[^]' : `\\x${byte.toString(16).padStart(2, '0')}`);
