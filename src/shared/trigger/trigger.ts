import { completeFilter, type FilterError, highlightFilter, type Suggestion } from '../filter/filter.ts';
import type { Highlight } from '../filter/highlight.ts';
import { type Edge, MAX_IN_ROW } from './query.ts';

/** What follows a filter, and when it then triggers. */
const TAIL = /\s(?:(?<edge>rising|falling)|for(?:\s+(?<times>\d+))?)\s*$/i;

const WORDS = {
  rising: 'The first one that passes after one that did not',
  falling: 'The first one that no longer matches',
  'for 3': 'This many in a row',
} as const;

export type SplitTrigger =
  | { readonly ok: true; readonly filter: string; readonly edge: Edge }
  | { readonly ok: false; readonly error: FilterError };

/** The filter of a trigger, which may have mistakes of its own, and its edge: `price:>10 rising`, `size:>1k for 3`. */
export function splitTrigger(text: string): SplitTrigger {
  const tail = TAIL.exec(text);
  const filter = tail ? text.slice(0, tail.index) : text;
  const span = { from: tail ? tail.index + 1 : 0, to: text.trimEnd().length };
  if (filter.trim() === '')
    return wrong({ from: 0, to: text.length }, 'Say which records trigger, such as kind:anomaly or size:>1k rising.');
  if (!tail) return { ok: true, filter, edge: { type: 'level' } };
  const { edge, times } = tail.groups ?? {};
  if (edge) return { ok: true, filter, edge: { type: edge.toLowerCase() as 'rising' | 'falling' } };
  const count = Number(times);
  if (times === undefined || count < 1 || count > MAX_IN_ROW)
    return wrong(span, `for needs a number from 1 to ${MAX_IN_ROW.toLocaleString('en-US')}, such as for 3.`);
  return { ok: true, filter, edge: { type: 'row', times: count } };
}

const wrong = (span: FilterError['span'], message: string): SplitTrigger => ({
  ok: false,
  error: { span, message, expected: [] },
});

/** `filter` colours a filter. */
export function highlightTrigger(text: string, filter: (text: string) => Highlight[] = highlightFilter): Highlight[] {
  const tail = TAIL.exec(text);
  if (!tail) return filter(text);
  const rest: Highlight = { span: { from: tail.index + 1, to: text.trimEnd().length }, kind: 'operator' };
  return [...filter(text.slice(0, tail.index)), rest];
}

type Complete = (text: string, caret: number) => readonly Suggestion[];

/** After a complete term, also when it triggers; `filter` completes a filter. */
export function completeTrigger(text: string, caret: number, filter: Complete = completeFilter): Suggestion[] {
  const before = text.slice(0, caret);
  const [, head = '', typed = ''] = /^(.*\s)?([^\s()"]*)$/s.exec(before) ?? [];
  const span = { from: head.length, to: before.length };
  const offers = Object.entries(WORDS).map(([word, describe]) => ({ text: word, describe, span }));
  const fitting = offers.filter((one) => one.text.startsWith(typed.toLowerCase()) && one.text !== typed);
  return [...filter(text, caret), ...(head.trim() === '' ? [] : fitting)];
}
