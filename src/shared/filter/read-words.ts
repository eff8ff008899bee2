import { type AnyOf, Mistake, type Span } from './ast.ts';
import type { Field, Value } from './catalogue.ts';
import { quoted } from './values.ts';

/** Words as values of a field. The readers throw {@link Mistake}. */

export const listed = <T extends string>(words: readonly T[], describe: (word: T) => string): Field['values'] =>
  words.map((text) => ({ text, describe: describe(text) }));

/** Comma-separated words out of `allowed`, or `*`. `other`: the field whose words are easily confused with these. */
export function readWords<T extends string>(
  field: string,
  allowed: readonly T[],
  { text, span }: Value,
  other?: { readonly field: string; readonly words: readonly string[] },
): AnyOf<T> {
  if (text === '*') return '*';
  let from = span.from;
  return text.split(',').map((word) => {
    const here: Span = { from, to: from + word.length };
    from += word.length + 1;
    const known = allowed.find((each) => each === word.toLowerCase());
    if (known) return known;
    const message = word ? `${quoted(word)} is not a value of ${field}.` : `A value of ${field} is missing here.`;
    const elsewhere = other?.words.includes(word.toLowerCase()) ? ` Or write ${other.field}:${word}.` : '';
    throw new Mistake(here, `${message} Allowed: ${allowed.join(', ')}.${elsewhere}`, allowed);
  });
}

export const writeWords = (values: AnyOf<string>) => (values === '*' ? '*' : values.join(','));

export function readText(field: string, { text, span }: Value): string {
  if (text !== '') return text;
  throw new Mistake(span, `${field}: needs a text, in quotes if it has spaces.`, ['"abc"']);
}
