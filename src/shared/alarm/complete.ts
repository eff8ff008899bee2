import { ANOMALIES, LANES } from '../domain.ts';
import { BUILT_IN, type Catalogue, completeFilter, type Suggestion } from '../filter/filter.ts';
import { CONDITION_WORDS, CONDITIONS, type ConditionWord, headOf } from './words.ts';

const LANE_NAMES = { s2c: 'From server to client', c2s: 'From client to server' } as const;
/** After what is recorded. */
const FOR = 'for 3';
/** How each condition continues. */
const ENDINGS: Readonly<Record<ConditionWord, readonly string[]>> = {
  unread: ['> 100ms', '> 500ms', '> 5s'],
  silent: ['1s', '5s', '1m'],
  rate: ['< 10/s', '> 1000/s', '< 1/m'],
  anomaly: [...ANOMALIES, FOR],
  missed: [FOR],
};

/** What could be written at `caret`, best first. Never throws. */
export function completeAlarm(text: string, caret: number, catalogue: Catalogue = BUILT_IN): Suggestion[] {
  const before = text.slice(0, caret);
  const head = headOf(before);
  if (head && head.end < before.length) return endings(head.word, before, head.end);
  const [, lane = '', typed] = /^(\s*(?:(?:s2c|c2s)\s+)?)(\S*)$/i.exec(before) ?? [];
  if (typed === undefined) return filterOrTimes(text, before, caret, catalogue);
  const span = { from: lane.length, to: before.length };
  const words = CONDITION_WORDS.map((word) => ({ text: `${word} `, describe: CONDITIONS[word].describe, span }));
  const lanes = LANES.map((word) => ({ text: `${word} `, describe: LANE_NAMES[word], span }));
  const starts = matching(lane.trim() === '' ? [...words, ...lanes] : words, typed);
  return lane.trim() === '' ? [...starts, ...completeFilter(text, caret, catalogue)] : starts;
}

function endings(word: ConditionWord, before: string, end: number): Suggestion[] {
  const written = before.slice(end);
  const last = word === 'anomaly' ? /[^\s,]*$/.exec(written)?.[0] : written.trimStart();
  const span = { from: before.length - (last ?? '').length, to: before.length };
  const offers = ENDINGS[word].map((text) => ({ text, describe: CONDITIONS[word].describe, span }));
  return matching(
    offers.filter(({ text }) => !written.split(/[\s,]+/).includes(text)),
    last ?? '',
  );
}

/** After a complete term, a filter can be required of several records. */
function filterOrTimes(text: string, before: string, caret: number, catalogue: Catalogue): Suggestion[] {
  const typed = /[^\s()"]*$/.exec(before)?.[0] ?? '';
  const span = { from: before.length - typed.length, to: before.length };
  const times = { text: FOR, describe: 'This many records in a row', span };
  return [...completeFilter(text, caret, catalogue), ...matching([times], typed)];
}

const matching = (offers: readonly Suggestion[], typed: string) =>
  offers.filter(({ text }) => text.startsWith(typed.toLowerCase()) && text.trimEnd() !== typed.toLowerCase());
