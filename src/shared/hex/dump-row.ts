import { place } from '../place.ts';
import { type Cell, cellsOf, HexMistake } from './mistake.ts';

/** How a row can be read: its bytes, and whether their characters are beside them. */
export interface Reading {
  readonly cells: readonly Cell[];
  /** What follows the bytes. */
  readonly rest: string;
  /** `blank`: there are no characters, except for bytes that wouldn't show. */
  readonly characters: 'there' | 'none' | 'blank';
}

export interface Row {
  /** Index of the line in the text. */
  readonly at: number;
  readonly line: string;
  /** Digits of the offset, absent if the row has none. */
  readonly offset?: string;
  /** What marks it as an offset besides its width. */
  readonly marked: boolean;
  /** Digits of each group, and where it ends in the line. */
  readonly groups: readonly { readonly digits: string; readonly at: number; readonly end: number }[];
}

const OFFSET = /^\s*(0x)?([0-9a-f]+(?:`[0-9a-f]+)?)(?:\s*<[^>\n]*>)?(:)?(?=\s|$)/i;
const GROUP = /(?:[ \t]+|[ \t]?-[ \t]?)(?:0x)?((?:[0-9a-f]{2})+|(?:\?\?)+)(?=[ \t-]|$)/iy;
/** More of them can't be a row of a dump. */
const MAX_GROUPS = 512;
/** The most columns between bytes and characters. */
const MAX_GAP = 256;

/** Splits a line that may be a row. */
export function rowOf(line: string, at: number, hasOffset: boolean, wild: boolean): Row {
  const [whole = '', prefix, digits = '', colon] = (hasOffset && OFFSET.exec(line)) || [];
  const groups: Row['groups'][number][] = [];
  // A row without an offset may start with its bytes.
  const content = hasOffset ? line : ` ${line}`;
  const shift = hasOffset ? 0 : 1;
  GROUP.lastIndex = whole.length;
  while (groups.length < MAX_GROUPS) {
    const [group, found = ''] = GROUP.exec(content) ?? [];
    if (group === undefined || (!wild && found.includes('?'))) break;
    const end = GROUP.lastIndex - shift;
    groups.push({ digits: found, at: end - found.length, end });
  }
  const row = { at, line, groups, marked: Boolean(prefix || colon || digits.includes('`') || digits.length % 2) };
  return hasOffset && digits !== '' ? { ...row, offset: digits.replace('`', '') } : row;
}

/** How the row can be read, most bytes first. */
export function readings({ line, groups }: Row): Reading[] {
  const found: Reading[] = [];
  const cells: Cell[] = [];
  for (const { digits, end } of groups) {
    cells.push(...cellsOf(digits));
    const rest = line.slice(end);
    if (rest.trim() === '')
      found.push({ rest, cells: [...cells], characters: cells.every(isBlank) ? 'blank' : 'none' });
    else if (charactersMatch(rest, cells)) found.push({ rest, cells: [...cells], characters: 'there' });
  }
  return found.reverse();
}

const isBlank = ({ value, mask }: Cell) => value === 0x20 || mask !== 0xff;

/** Whether `rest` is white space and then exactly the characters of the bytes, as dumps show them. */
function charactersMatch(rest: string, cells: readonly Cell[]): boolean {
  const framed = /^\s+(?:\|(.*)\||>(.*)<)\s*$/.exec(rest);
  if (framed && isText(framed[1] ?? framed[2] ?? '', cells)) return true;
  const gaps = Math.min(MAX_GAP, rest.length - rest.trimStart().length);
  for (let gap = 1; gap <= gaps; gap += 1) {
    const shown = rest.slice(gap);
    // Trailing spaces get lost when text is copied.
    const lost = cells.slice(shown.length);
    const kept = shown.slice(cells.length);
    if (kept.trim() === '' && lost.every(isBlank) && isText(shown.slice(0, cells.length), cells.slice(0, shown.length)))
      return true;
  }
  return false;
}

const isText = (shown: string, cells: readonly Cell[]): boolean =>
  shown.length === cells.length && cells.every((cell, i) => isShownAs(cell, shown[i] as string));

/**
 * ASCII stands for itself. A dot stands for everything else in most dumps, a space for NUL in some, and characters of a
 * code page for higher bytes.
 */
function isShownAs({ value, mask }: Cell, character: string): boolean {
  if (mask !== 0xff) return true;
  if (value > 0x20 && value < 0x7f) return character === String.fromCharCode(value);
  if (character === ' ') return value === 0x20 || value === 0;
  return !/[!-~]/.test(character) || character === '.' || character === '_';
}

/** Why a row that no reading fits isn't one, with its position. */
export function misread(text: string, { at, line, groups }: Row): HexMistake {
  const last = groups.at(-1);
  const end = last?.end ?? line.length - line.trimStart().length;
  const rest = line.slice(end);
  const shown = rest.trim().replace(/^[|>]|[|<]$/g, '');
  const cells = groups.flatMap(({ digits }) => cellsOf(digits));
  const wrong = cells.findIndex((cell, i) => shown[i] !== undefined && !isShownAs(cell, shown[i] as string));
  const reversed = groups.flatMap(({ digits }) => cellsOf(digits).reverse());
  const start = at + end + (rest.length - rest.trimStart().length);
  if (last && shown.length === cells.length && reversed.every((cell, i) => isShownAs(cell, shown[i] as string)))
    return new HexMistake(
      at + (groups[0]?.at ?? 0),
      `The dump at ${place(text, at)} shows words of several bytes, lowest byte last. Make it byte by byte, as xxd -g1 or hexdump -C does.`,
    );
  if (last && shown.length === cells.length && wrong >= 0) {
    const [byte, where] = byteAt(groups, wrong);
    return new HexMistake(
      at + where,
      `${byte} at ${place(text, at + where)} is not the "${shown[wrong]}" that the dump shows beside it: one of them was changed.`,
    );
  }
  return new HexMistake(
    start,
    `The text at ${place(text, start)} is neither bytes nor the characters of the ${cells.length} bytes before it: a part may be missing.`,
  );
}

function byteAt(groups: Row['groups'], wanted: number): [byte: string, at: number] {
  let index = wanted;
  for (const { digits, at } of groups) {
    if (index < digits.length / 2) return [digits.slice(index * 2, index * 2 + 2), at + index * 2];
    index -= digits.length / 2;
  }
  return ['', 0];
}
