import { Mistake } from './ast.ts';
import type { Catalogue } from './catalogue.ts';
import type { Token } from './tokens.ts';

type WordToken = Extract<Token, { type: 'word' }>;

const OPERATORS = new Map([
  ['&&', 'and'],
  ['&', 'and'],
  ['||', 'or'],
  ['|', 'or'],
  ['!', 'not'],
]);
const SIGNED_FIELD = /^[-!+]([^:]+):/;
const SIGNED_REGEX = /^[-!+]\/.+\/[a-z]*$/s;
const AS_TEXT = 'To look for this as text, put it in quotes.';

/**
 * Throws {@link Mistake} for a word that is an operator in other languages, such as `-dir:in`, `!"abc"` or `&&`: a text
 * that nobody means and nothing has. `next`: the token after it.
 */
export function refuseForeign(word: WordToken, next: Token | undefined, catalogue: Catalogue): void {
  const { text, span } = word;
  if (isSigned(word, next, catalogue)) {
    const sign = { from: span.from, to: span.from + 1 };
    if (text.startsWith('+')) throw new Mistake(sign, `Leave out the +: all terms must hold anyway. ${AS_TEXT}`);
    throw new Mistake(sign, `Write “not” and a space instead of ${text[0]}. ${AS_TEXT}`, ['not ']);
  }
  const operator = OPERATORS.get(text);
  if (operator) throw new Mistake(span, `Write “${operator}” instead of ${text}. ${AS_TEXT}`, [operator]);
}

/** A sign stands right before a term that is more than a word. */
function isSigned({ text, span }: WordToken, next: Token | undefined, catalogue: Catalogue): boolean {
  if (/^[-!+]$/.test(text)) return next !== undefined && next.type !== 'close' && next.span.from === span.to;
  const [, field] = SIGNED_FIELD.exec(text) ?? [];
  return (field !== undefined && catalogue.field(field) !== undefined) || SIGNED_REGEX.test(text);
}
