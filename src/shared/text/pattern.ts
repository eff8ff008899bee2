import { fold, MOST_FOLDED, unfolded } from './fold.ts';

/**
 * A text as a regular expression over bytes, each as one Latin-1 character. It repeats nothing, so it can't run for
 * long.
 */
export interface BytePattern {
  readonly source: string;
  /** The most bytes that it matches. */
  readonly longest: number;
  /** False: it is only the beginning of the text. If it matches, check whether the rest is there. */
  readonly isWhole: boolean;
  /** Bytes contained in whatever it matches, the longest sequence; null if none are certain. */
  readonly anchor: Anchor | null;
}

/** A part of a pattern with fixed bytes. */
export interface Anchor {
  readonly bytes: readonly number[];
  /** The most bytes of the pattern before it. */
  readonly before: number;
}

/** The longest of some parts of a pattern. */
export const longestAnchor = (anchors: readonly Anchor[]): Anchor | null =>
  anchors.reduce<Anchor | null>((best, one) => (one.bytes.length > (best?.bytes.length ?? 0) ? one : best), null);

/** Folded characters that are tried in every spelling; more would give too many. */
const LONGEST_TANGLE = 8;

/**
 * `text` in any case, as defined by {@link fold}.
 * @param encode bytes of a character; undefined if it has none
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

/** The end of the characters from `from` on that must be treated together: `ss` may be one `ß`. */
function tangleAt(folded: readonly string[], from: number): number {
  let end = from + 1;
  for (let at = from; at < end; at++)
    for (let length = 2; length <= MOST_FOLDED; length++)
      if (at + length > end && unfolded(folded.slice(at, at + length).join('')).length > 0) end = at + length;
  return Math.min(end, folded.length);
}

/** All spellings of some folded characters, or of the first of them if there are too many. */
function waysOf(folded: readonly string[], encode: (character: string) => Uint8Array | undefined) {
  const end = Math.min(folded.length, LONGEST_TANGLE);
  // From the end: what follows the first `at` characters, in every spelling.
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

/** The bytes that a source matches if it matches no others; otherwise null. */
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
