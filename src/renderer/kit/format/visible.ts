/** A piece of text as it is shown: `escaped` ones stand for a character that is invisible or moves others. */
export interface Segment {
  readonly text: string;
  readonly escaped: boolean;
}

/**
 * Control (Cc), format (Cf: bidi, zero-width, tags), line and paragraph separators, private use, unassigned and lone
 * surrogates, plus what renders as nothing without being any of those: variation selectors, fillers, and spaces that
 * aren't a space.
 */
const INVISIBLE = new RegExp(
  [
    String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]`,
    String.raw`\p{Variation_Selector}`,
    String.raw`[\u115f\u1160\u17b4\u17b5\u3164\uffa0]|\u034f`,
    String.raw`[\u00a0\u2000-\u200a\u202f\u205f\u3000]`,
  ].join('|'),
  'gu',
);

const SHORT: Readonly<Record<string, string>> = { '\0': '\\0', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** "\n" → "\\n", U+202E → "\\u{202E}". */
export function escapeCharacter(character: string): string {
  const short = SHORT[character];
  if (short) return short;
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16).toUpperCase()}}`;
}

/**
 * Splits `text` so that no character is left that is invisible, moves others or breaks the line. `keep` are left as
 * they are.
 */
export function visibleSegments(text: string, keep = ''): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (const match of text.matchAll(INVISIBLE)) {
    if (keep.includes(match[0])) continue;
    if (match.index > from) segments.push({ text: text.slice(from, match.index), escaped: false });
    segments.push({ text: escapeCharacter(match[0]), escaped: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) segments.push({ text: text.slice(from), escaped: false });
  return segments;
}

/** The same as one string, for titles and labels. */
export const visibleText = (text: string): string =>
  visibleSegments(text)
    .map((segment) => segment.text)
    .join('');
