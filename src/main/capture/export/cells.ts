export type Separator = ',' | ';';

/** What a spreadsheet takes for the beginning of a formula, and our own mark for it. */
const SIGN = "[=+\\-@'＝＋－＠]";
/** White space that some spreadsheets pass over at the beginning of a cell. */
const BLANK = '[\\t\\r\\n]';

/** Where a cell begins, it begins with the text. */
const START = new RegExp(`^(?=${BLANK}|${SIGN})`);
/**
 * It also begins behind a line break or a separator of another kind than the file's: when the file is opened with that
 * one, its quotes are not where that reader looks for them.
 */
const inner = (others: string) => new RegExp(`[\\t\\r\\n|${others}](?=${SIGN})`, 'g');
const INNER: Readonly<Record<Separator, RegExp>> = { ',': inner(';'), ';': inner(',') };

/**
 * The text with an apostrophe before each place that could become a formula, and before each apostrophe there: taking
 * one off at each such place gives the text back. `before`: the character that it continues, empty where it begins.
 */
export function guarded(text: string, separator: Separator, before = ''): string {
  const safe = (before + text).replace(INNER[separator], "$&'").slice(before.length);
  return before === '' ? safe.replace(START, "'") : safe;
}

/** More than this is no number and no date, and digits that Excel keeps. */
const LONGEST_GUESSED = 64;
const KEPT = /^(?:0|[1-9]\d{0,14})$/;
const GUESSED = [
  /^(?=\D*\d)[\d\s.,:/%()\-$€£¥]*(?:e[+-]?\d+)?\s?(?:[ap]\.?m?\.?)?$/i,
  /^[\d\s.,/-]*(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zé.]*[\d\s.,:/-]*$/i,
];

/** Whether Excel makes a number or a date of a text, such as `007`, `1-2`, `1e5`, `MAR1` or the 20 digits of an id. */
export const isGuessed = (text: string): boolean =>
  text.length <= LONGEST_GUESSED && /\d/.test(text) && !KEPT.test(text) && GUESSED.some((form) => form.test(text));

export const doubled = (text: string) => text.replaceAll('"', '""');

/** The beginning of `text` of at most `most` UTF-16 units, no character split. */
export function cutTo(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? most - 1 : most);
}
