import type { TermOf } from '../../shared/filter/filter.ts';
import { codecOf } from '../../shared/text/codecs.ts';
import { type Encoding, guessEncoding } from '../../shared/text/encodings.ts';
import { foldedHits } from '../../shared/text/fold.ts';
import { type Anchor, anyCasePattern, longestAnchor } from '../../shared/text/pattern.ts';
import { type Finder, type Hit, patternFinder } from './pattern-finder.ts';
import { lenientText } from './payload-text.ts';

/** One way to search for a needle. */
export interface SearchTarget {
  readonly finder: Finder;
  /** Whether a payload with a match contains the needle; omitted if it always does. */
  readonly confirm?: (payload: Buffer) => boolean;
  /** False for a chunk that can't have a match; omitted if every chunk can. */
  readonly mayBeIn?: (chunk: Buffer) => boolean;
}

/** The ways to search for a text; a match of any of them counts. */
export function textTarget(term: TermOf<'text'>): readonly SearchTarget[] {
  const { encoding = 'utf-8' } = term;
  if (encoding !== 'auto') return textIn(term, encoding);
  return [...textIn(term, 'utf-8'), ...GUESSED.flatMap((guess) => guessedText(term, guess))];
}

/** Whether a payload contains the needle: a match of any of the ways counts. */
export const isIn = (payload: Buffer, ways: readonly SearchTarget[]): boolean =>
  ways.some(
    ({ finder, confirm, mayBeIn }) =>
      (!mayBeIn || mayBeIn(payload)) && finder.find(payload, 0) && (!confirm || confirm(payload)),
  );

export const byteTarget = ({ bytes }: TermOf<'hex'>): readonly SearchTarget[] => [{ finder: bytesFinder(bytes) }];

/** What `auto` can guess besides UTF-8. */
const GUESSED = ['utf-16le', 'utf-16be'] as const;

/** UTF-16 is guessed if there are zeros or a byte order mark, which contains 0xfe. */
function guessedText(term: TermOf<'text'>, guess: Encoding): SearchTarget[] {
  return textIn(term, guess).map(({ finder, confirm }) => ({
    finder,
    confirm: (payload) => guessEncoding(payload, payload.length) === guess && (!confirm || confirm(payload)),
    mayBeIn: (chunk) => chunk.includes(0) || chunk.includes(0xfe),
  }));
}

/**
 * In UTF-8 the bytes of a text are nothing else. In other encodings they may be halves of other characters, so the
 * payload is decoded to be sure.
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
