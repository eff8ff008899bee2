import { fold, MOST_FOLDED, unfolded } from './fold.ts';

/**
 * A text as a regular expression over bytes, each of which is one character of Latin-1. It repeats nothing, so it can't
 * run for long.
 */
export interface BytePattern {
  readonly source: string;
  /** Most bytes that it matches. */
  readonly longest: number;
  /** False: it is only the beginning of the text. Where it matches, look whether the rest is there. */
  readonly isWhole: boolean;
  /** Bytes that are in whatever it matches, the most that follow each other; null where none surely are. */
  readonly anchor: Anchor | null;
}

/** Part of a pattern that is the same bytes each time. */
export interface Anchor {
  readonly bytes: readonly number[];
  /** Most bytes of the pattern that stand before it. */
  readonly before: number;
}

/** The longest of some parts of a pattern. */
export const longestAnchor = (anchors: readonly Anchor[]): Anchor | null =>
  anchors.reduce<Anchor | null>((best, one) => (one.bytes.length > (best?.bytes.length ?? 0) ? one : best), null);

/** Folded characters that are tried in every way in which they can be written; more would be too many ways. */
const LONGEST_TANGLE = 8;

/**
 * `text` in any case, as {@link fold} has it.
 * @param encode bytes of a character; undefined where there are none
 */
export function anyCasePattern(text: string, encode: (character: string) => Uint8Array | undefined): BytePattern {
  const folded = [...fold(text)];
  let [source, longest] = ['', 0];
  const anchors: Anchor[] = [];
  let run: number[] | null = null;
  for (let from = 0; from < folded.length; ) {
    const tangle = tangleAt(folded, from);
    const isWhole = tangle - from <= LONGEST_TANGLE;
    const written = waysOf(folded.slice(from, tangle), encode);
    const bytes = isWhole ? onlyBytes(written.source) : null;
    if (bytes && !run) {
      run = [];
      anchors.push({ bytes: run, before: longest });
    }
    if (bytes) run?.push(...bytes);
    else run = null;
    source += written.source;
    longest += written.longest;
    if (!isWhole) return { source, longest, isWhole, anchor: longestAnchor(anchors) };
    from = tangle;
  }
  return { source, longest, isWhole: true, anchor: longestAnchor(anchors) };
}

/** The end of the characters from `from` on that can't be told apart from one another: `ss` may be one `ß`. */
function tangleAt(folded: readonly string[], from: number): number {
  let end = from + 1;
  for (let at = from; at < end; at++)
    for (let length = 2; length <= MOST_FOLDED; length++)
      if (at + length > end && unfolded(folded.slice(at, at + length).join('')).length > 0) end = at + length;
  return Math.min(end, folded.length);
}

/** All ways to write some folded characters, or the first of them where there are too many. */
function waysOf(folded: readonly string[], encode: (character: string) => Uint8Array | undefined) {
  const end = Math.min(folded.length, LONGEST_TANGLE);
  // From behind: what follows the first `at` characters, in every way.
  const rest = new Array<{ source: string; longest: number }>(folded.length + 1).fill({ source: '', longest: 0 });
  for (let at = end - 1; at >= 0; at--) {
    const ways: string[] = [];
    let longest = 0;
    for (let length = 1; length <= MOST_FOLDED && at + length <= folded.length; length++) {
      const forms = unfolded(folded.slice(at, at + length).join('')).flatMap((form) => encode(form) ?? []);
      const after = rest[at + length];
      if (forms.length === 0 || !after) continue;
      ways.push(oneOf(forms) + after.source);
      longest = Math.max(longest, ...forms.map((form) => form.length + after.longest));
    }
    // What the encoding lacks is nowhere.
    rest[at] = {
      source: ways.length === 0 ? '(?!)' : ways.length === 1 ? `${ways[0]}` : `(?:${ways.join('|')})`,
      longest,
    };
  }
  return rest[0] as { source: string; longest: number };
}

/** The bytes that a source matches where it matches no others; null where it does. */
function onlyBytes(source: string): number[] | null {
  if (!/^(?:\\x[0-9a-f]{2})+$/.test(source)) return null;
  return Array.from(source.matchAll(/[0-9a-f]{2}/g), ([digits]) => Number.parseInt(digits, 16));
}

/** A class is faster than alternatives. */
function oneOf(forms: readonly Uint8Array[]): string {
  const single = forms.filter(({ length }) => length === 1).map(written);
  const several = forms.filter(({ length }) => length > 1).map(written);
  const classes = single.length > 1 ? [`[${single.join('')}]`] : single;
  const all = [...classes, ...several];
  return all.length === 1 ? `${all[0]}` : `(?:${all.join('|')})`;
}

const written = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
