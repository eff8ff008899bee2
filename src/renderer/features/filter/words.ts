import { DIRECTION_WORDS, LANE_WORDS } from '../../../shared/filter/ast.ts';
import { demanded, only, without } from '../../../shared/filter/filter.ts';
import { KINDS } from '../../../shared/record-kind.ts';

const ALL = { dir: DIRECTION_WORDS, lane: LANE_WORDS, kind: KINDS } as const;
export type WordField = keyof typeof ALL;

/** The words that a filter requires of a field; none if it requires nothing of it. */
export function wordsOf(text: string, field: WordField): readonly string[] {
  const term = demanded(text, field);
  return !term || term.values === '*' ? [] : term.values;
}

/** The filter with `word` required too, or no longer; requiring every word, or none, is requiring nothing. */
export function toggledWord(text: string, field: WordField, word: string): string {
  const wanted = wordsOf(text, field);
  const all: readonly string[] = ALL[field];
  const next = all.filter((each) => wanted.includes(each) !== (each === word));
  if (next.length === 0 || next.length === all.length) return without(text, field);
  return only(text, { type: field, values: next } as Parameters<typeof only>[1]);
}
