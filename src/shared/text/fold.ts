/**
 * Unicode's full case folding, independent of language: texts that fold to the same are equal in any case. `ß` folds to
 * `ss`, `ς` and `Σ` to `σ`, `ﬁ` to `fi`, `İ` to `i` and a dot above, `ı` to itself. Nothing is normalised: `é` as one
 * character and as two stay different.
 */

const folds = new Map<string, string>();

/** What one character folds to, up to three characters. */
function foldCharacter(character: string): string {
  const known = folds.get(character);
  if (known !== undefined) return known;
  const folded = foldAnew(character);
  folds.set(character, folded);
  return folded;
}

/**
 * The engine has no folding. This is the same except for the Cherokee letters, which fold to the other case of the two.
 */
function foldAnew(character: string): string {
  return character === 'ı' ? character : character.toLowerCase().toUpperCase().toLowerCase();
}

const ASCII = /^[\0-\x7f]*$/;

export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  let folded = '';
  for (const character of text) folded += foldCharacter(character);
  return folded;
}

/** `text.slice(from, to)`. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Where `needle` is in `text` in any case, match after match. A match consists of whole characters: `s` isn't in `ß`,
 * `ss` is.
 */
export function foldedHits(text: string, needle: string): TextRange[] {
  const hits: TextRange[] = [];
  const [where, what] = [fold(text), fold(needle)];
  if (what === '' || !where.includes(what)) return hits;
  const starts = where.length === text.length && ASCII.test(text) ? undefined : startsOf(text, where.length);
  for (let at = where.indexOf(what); at >= 0; ) {
    const [from, to] = starts ? [starts[at], starts[at + what.length]] : [at, at + what.length];
    const isWhole = from !== undefined && to !== undefined && from >= 0 && to >= 0;
    if (isWhole) hits.push({ from, to });
    at = where.indexOf(what, at + (isWhole ? what.length : 1));
  }
  return hits;
}

/** Whether `text` contains `needle` in any case; every text contains the empty one. */
export const hasFolded = (text: string, needle: string): boolean =>
  needle === '' || foldedHits(text, needle).length > 0;

/**
 * For each position of the folded text the position in `text` whose character begins there; -1 within what one folds
 * to.
 */
function startsOf(text: string, length: number): Int32Array {
  const starts = new Int32Array(length + 1).fill(-1);
  let [at, folded] = [0, 0];
  for (const character of text) {
    starts[folded] = at;
    at += character.length;
    folded += foldCharacter(character).length;
  }
  starts[folded] = at;
  return starts;
}

let reversed: Map<string, string[]> | undefined;

/** The characters that fold to `folded`, which may be several characters, itself included if it is one. */
export function unfolded(folded: string): readonly string[] {
  reversed ??= reverse();
  return reversed.get(folded) ?? (foldCharacter(folded) === folded && [...folded].length === 1 ? [folded] : []);
}

/** The most characters that one folds to. */
export const MOST_FOLDED = 3;

function reverse(): Map<string, string[]> {
  const map = new Map<string, string[]>();
  // Letters that have a case are in the first two planes.
  for (let code = 0; code < 0x2_0000; code++) {
    const character = String.fromCodePoint(code);
    if (!CASED.test(character)) continue;
    const folded = foldCharacter(character);
    map.set(folded, [...(map.get(folded) ?? []), character]);
  }
  return map;
}

const CASED = /\p{Changes_When_Casemapped}/u;
