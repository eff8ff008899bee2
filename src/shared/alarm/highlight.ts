import { type Highlight, highlightFilter } from '../filter/highlight.ts';
import { headOf, tailOf } from './words.ts';

/** What to colour, in order, without overlaps; spaces are left out. Never throws. */
export function highlightAlarm(text: string): Highlight[] {
  const head = headOf(text);
  if (head) return conditionParts(text, head.end);
  const tail = tailOf(text);
  if (!tail) return highlightFilter(text);
  const rest: Highlight[] = [{ span: { from: tail.at + 1, to: text.trimEnd().length }, kind: 'operator' }];
  return [...highlightFilter(text.slice(0, tail.at)), ...rest];
}

function conditionParts(text: string, end: number): Highlight[] {
  const from = text.length - text.trimStart().length;
  const rest = { from: end + text.slice(end).length - text.slice(end).trimStart().length, to: text.trimEnd().length };
  const word: Highlight = { span: { from, to: end }, kind: 'field' };
  return rest.from < rest.to ? [word, { span: rest, kind: 'value' }] : [word];
}
