export type Separator = ',' | ';';

/** What a spreadsheet takes for the start of a formula, and our own mark for it. */
const SIGN = "[=+\\-@'＝＋－＠]";
/** White space that some spreadsheets skip at the start of a cell. */
const BLANK = '[\\t\\r\\n]';

/** A cell starts where the text starts. */
const START = new RegExp(`^(?=${BLANK}|${SIGN})`);
/**
 * It may also start after a line break or a separator other than the file's: opened with that separator, the quotes are
 * not where the reader expects them.
 */
const inner = (others: string) => new RegExp(`[\\t\\r\\n|${others}](?=${SIGN})`, 'g');
const INNER: Readonly<Record<Separator, RegExp>> = { ',': inner(';'), ';': inner(',') };

/**
 * The text with an apostrophe before each place that could become a formula, and before each apostrophe there, so that
 * removing one at each place restores the text. `before`: the preceding character, empty at the start.
 */
export function guarded(text: string, separator: Separator, before = ''): string {
  const safe = (before + text).replace(INNER[separator], "$&'").slice(before.length);
  return before === '' ? safe.replace(START, "'") : safe;
}

/** Anything longer is neither a number nor a date, and its digits are kept by Excel. */
const LONGEST_GUESSED = 64;
const KEPT = /^(?:0|[1-9]\d{0,14})$/;
const GUESSED = [
  /^(?=\D*\d)[\d\s.,:/%()\-$€£¥]*(?:e[+-]?\d+)?\s?(?:[ap]\.?m?\.?)?$/i,
  /^[\d\s.,/-]*(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zé.]*[\d\s.,:/-]*$/i,
];

/**
 * Whether Excel would turn a text into a number or a date, such as `007`, `1-2`, `1e5`, `MAR1` or the 20 digits of an
 * id.
 */
export const isGuessed = (text: string): boolean =>
  text.length <= LONGEST_GUESSED && /\d/.test(text) && !KEPT.test(text) && GUESSED.some((form) => form.test(text));

export const doubled = (text: string) => text.replaceAll('"', '""');

/** The start of `text`, at most `most` UTF-16 units, without splitting a character. */
export function cutTo(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? most - 1 : most);
}
