import { type Highlight, highlightFilter } from '../filter/highlight.ts';
import { headOf, tailOf } from './words.ts';

/** What to colour, in order, without overlaps; spaces are left out. Never throws. */
export function highlightAlarm(text: string): Highlight[] {
  const head = headOf(text);
  const tail = tailOf(text);
  if (head) {
    if (!tail || tail.at < head.end) return conditionParts(text, head.end);
    return [...conditionParts(text.slice(0, tail.at), head.end), timesPart(text, tail.at)];
  }
  if (!tail) return highlightFilter(text);
  return [...highlightFilter(text.slice(0, tail.at)), timesPart(text, tail.at)];
}

const timesPart = (text: string, at: number): Highlight => ({
  span: { from: at + 1, to: text.trimEnd().length },
  kind: 'operator',
});

function conditionParts(text: string, end: number): Highlight[] {
  const from = text.length - text.trimStart().length;
  const rest = { from: end + text.slice(end).length - text.slice(end).trimStart().length, to: text.trimEnd().length };
  const word: Highlight = { span: { from, to: end }, kind: 'field' };
  return rest.from < rest.to ? [word, { span: rest, kind: 'value' }] : [word];
}
