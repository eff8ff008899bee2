import { place } from '../place.ts';
import { readByteStrings } from './byte-string.ts';
import { type Cell, cellsOf, HexMistake } from './mistake.ts';
import { unwrapped } from './wrapping.ts';

/** A run of digits with what marks it as hex, and its position. */
interface Token {
  readonly at: number;
  readonly mark: '' | '0x' | '\\x' | '%' | 'h';
  readonly digits: string;
  /** What separates it from the previous one. */
  readonly gap: string;
}

/** One punctuation mark with any white space around it, or only white space. */
const GAP = /\s*[,;:\-._|·]?\s*/y;
const TOKEN = /(0x|\\x|%)?((?:(?!0x)[0-9a-f?](?:_(?=[0-9a-f?]))?)+)(u8?|h)?/iy;

/** Bytes in any usual notation except a dump. Throws {@link HexMistake}. */
export function readNotation(text: string, wild: boolean): Cell[] {
  const { content, listed } = unwrapped(text);
  const read = (from: number, to: number) => readTokens({ content, from, to }, text, wild, listed);
  if (/^\s*[a-z]{0,2}["'`]/i.test(content)) return readByteStrings(text, content, read);
  const cells = read(0, content.length);
  const start = text.search(/\S/);
  if (cells.length === 0 && start >= 0 && !listed)
    throw new HexMistake(start, `There are no bytes in what begins at ${place(text, start)}.`);
  return cells;
}

/** A part of the content, with the same position in the text. */
interface Part {
  readonly content: string;
  readonly from: number;
  readonly to: number;
}

/** `listed`: it was in brackets. */
function readTokens(part: Part, text: string, wild: boolean, listed: boolean): Cell[] {
  const tokens = tokensOf(part, text, wild);
  const [first] = tokens;
  if (!first) return [];
  for (const token of tokens) checkToken(token, first, tokens.length, text);
  for (const line of linesOf(tokens)) checkOffset(line, text);
  checkDecimals(tokens, text, listed);
  return tokens.flatMap(({ digits, mark }) => cellsOf(mark === '0x' && digits.length === 1 ? `0${digits}` : digits));
}

function tokensOf({ content, from, to }: Part, text: string, wild: boolean): Token[] {
  const tokens: Token[] = [];
  const inner = content.slice(from, to);
  let at = from + inner.length - inner.trimStart().length;
  const end = from + inner.trimEnd().length;
  let gap = '';
  while (at < end) {
    TOKEN.lastIndex = at;
    const [whole, mark = '', digits = '', suffix] = TOKEN.exec(content) ?? [];
    if (whole === undefined || (!wild && digits.includes('?'))) throw noDigit(text, firstForeign(content, at, wild));
    const isMasm = suffix?.toLowerCase() === 'h';
    if (suffix && (isMasm ? mark !== '' : mark.toLowerCase() !== '0x'))
      throw noDigit(text, at + whole.length - suffix.length);
    tokens.push({ at, mark: isMasm ? 'h' : (mark.toLowerCase() as Token['mark']), digits: plain(digits, isMasm), gap });
    at += whole.length;
    GAP.lastIndex = at;
    gap = GAP.exec(content)?.[0] ?? '';
    // Nothing in between: only a mark can start another.
    if (gap === '' && at < end && !/^(?:0x|\\x|%)/i.test(content.slice(at, at + 2))) throw noDigit(text, at);
    at += gap.length;
  }
  return tokens;
}

/** In an assembler a number can't start with a letter: `0deh`. */
function plain(digits: string, isMasm: boolean): string {
  const bare = digits.replaceAll('_', '');
  return isMasm && bare.length % 2 === 1 && bare.startsWith('0') ? bare.slice(1) : bare;
}

function firstForeign(content: string, at: number, wild: boolean): number {
  const rest = content.slice(at).search(wild ? /[^0-9a-f?]/i : /[^0-9a-f]/i);
  return rest < 0 ? at : at + rest;
}

function checkToken({ at, mark, digits }: Token, first: Token, count: number, text: string): void {
  if (mark !== first.mark)
    throw new HexMistake(
      at,
      `${quoted(text, at, digits)} is written differently from the bytes before it. Write them all the same way, such as de ad or 0xde 0xad.`,
    );
  const start = at + (mark === '0x' || mark === '\\x' ? 2 : mark === '%' ? 1 : 0);
  if (mark === '0x' && digits.length === 1) return;
  if ((mark === '\\x' || mark === '%') && digits.length !== 2)
    throw new HexMistake(
      start,
      `After ${mark} come two digits, and at ${place(text, start)} there are ${digits.length}.`,
    );
  if (digits.length % 2 === 1) {
    const last = start + digits.length - 1;
    throw new HexMistake(last, `A byte needs two digits; "${text[last]}" at ${place(text, last)} is on its own.`);
  }
  if ((mark === '0x' || mark === 'h') && digits.length > 2 && count > 1)
    throw new HexMistake(
      at,
      `${quoted(text, at, digits)} is a number of several bytes in unknown byte order. Write each byte separately.`,
    );
}

function linesOf(tokens: readonly Token[]): Token[][] {
  const lines: Token[][] = [];
  for (const token of tokens)
    if (lines.length === 0 || token.gap.includes('\n')) lines.push([token]);
    else lines.at(-1)?.push(token);
  return lines;
}

/** `0000 | de ad` and `0000-0003: de ad`: a wide group, set off by a separator of its own in its line. */
function checkOffset(tokens: readonly Token[], text: string): void {
  const [first, second, ...others] = tokens;
  const sign = second?.gap.trim();
  if (!first || !sign || others.length === 0 || others.some(({ gap }) => gap.trim() === sign)) return;
  if (first.digits.length > Math.max(2, ...others.map(({ digits }) => digits.length)))
    throw new HexMistake(
      first.at,
      `${quoted(text, first.at, first.digits)} could be the offset of a hex dump or bytes. Delete it, or write all bytes in the same way.`,
    );
}

/** `[10, 20, 30]` is how programs print bytes in decimal. */
function checkDecimals(tokens: readonly Token[], text: string, listed: boolean): void {
  const isList = listed || tokens.some(({ gap }) => /[,;]/.test(gap));
  const looksDecimal = tokens.every(({ mark, digits }) => mark === '' && /^(?:[1-9]\d?|0)$/.test(digits));
  const [first] = tokens;
  if (first && isList && looksDecimal)
    throw new HexMistake(
      first.at,
      `The numbers from ${place(text, first.at)} on could be decimal. If they are hex, write them with spaces only, or as 0x${first.digits}.`,
    );
}

const quoted = (text: string, at: number, digits: string) => `"${digits}" at ${place(text, at)}`;

function noDigit(text: string, at: number): HexMistake {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const seen = /[\p{C}\p{Z}]/u.test(character)
    ? `The character U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    : `"${character}"`;
  return new HexMistake(at, `${seen} at ${place(text, at)} is not a hex digit (0–9, a–f).`);
}
