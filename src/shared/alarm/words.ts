import { AMOUNTS } from '../filter/values.ts';

/** The words that an alarm starts with, and how each continues: for parsing, completion and help. */
export const CONDITIONS = {
  unread: { example: 'unread > 500ms', describe: 'A message stays unread for longer than this' },
  silent: { example: 'silent 5s', describe: 'No message arrives for this long' },
  rate: { example: 'rate < 10/s', describe: 'Fewer or more messages than this in a second, minute or hour' },
  anomaly: { example: 'anomaly', describe: 'An anomaly is recorded: any, or the ones you name' },
  missed: { example: 'missed', describe: 'A tap missed a message' },
} as const;
export type ConditionWord = keyof typeof CONDITIONS;
export const CONDITION_WORDS = Object.keys(CONDITIONS) as ConditionWord[];

/** The word at the beginning; not one if it continues as a field, a quotation or a longer word. */
const FIRST = new RegExp(`^\\s*(?:(?<lane>s2c|c2s)\\s+)?(?<word>${CONDITION_WORDS.join('|')})(?![\\w:"-])`, 'i');
/** What would negate it if it were a filter. */
const NEGATED = new RegExp(`^(\\s*)(not\\s+|[-!+]\\s*)(${CONDITION_WORDS.join('|')})(?![\\w:"-])`, 'i');
/** The repetition at the end of a filter. */
const LAST = /\sfor(?:\s+(?<times>\d+))?\s*$/i;

export interface Head {
  readonly lane: string | undefined;
  readonly word: ConditionWord;
  /** Where the word ends. */
  readonly end: number;
}

/** How an alarm starts that isn't a filter. */
export function headOf(text: string): Head | undefined {
  const found = FIRST.exec(text);
  if (!found?.groups) return undefined;
  const { lane, word = '' } = found.groups;
  return { lane: lane?.toLowerCase(), word: word.toLowerCase() as ConditionWord, end: found[0].length };
}

/** A condition after `not` or a sign: what precedes it, and where that begins. */
export function negated(
  text: string,
): { readonly word: string; readonly sign: string; readonly from: number } | undefined {
  const [, before = '', sign, word = ''] = NEGATED.exec(text) ?? [];
  return sign === undefined ? undefined : { word: word.toLowerCase(), sign: sign.trim(), from: before.length };
}

/** The `for 3` after a filter: where it begins, and its number, which may be missing. */
export function tailOf(text: string): { readonly at: number; readonly times: string | undefined } | undefined {
  const found = LAST.exec(text);
  return found ? { at: found.index, times: found.groups?.times } : undefined;
}

/** µs of a time with its unit, which may follow a space. */
export const timeOf = (text: string): number | undefined =>
  AMOUNTS.delta.read(text.trim().replace(/^(\d[\d.]*)\s+(?=[a-zµμ])/i, '$1'));

/** The first word if it is used like a condition, compared with a number or before a time; and where it begins. */
export function strangeWord(text: string): { readonly word: string; readonly from: number } | undefined {
  const [, before = '', word, rest = ''] = /^(\s*(?:(?:s2c|c2s)\s+)?)(\p{L}[\p{L}\d_-]*)\s*(.*)$/isu.exec(text) ?? [];
  const isCondition = /^[<>≤≥]=?\s*-?\d/.test(rest) || (timeOf(rest.replace(/^for\s+/i, '')) ?? 0) > 0;
  return word !== undefined && isCondition ? { word, from: before.length } : undefined;
}
