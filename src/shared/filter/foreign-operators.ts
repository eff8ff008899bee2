import { Mistake } from './ast.ts';
import type { Token } from './tokens.ts';

type WordToken = Extract<Token, { type: 'word' }>;

/** As separate words, or directly before what follows. */
const OPERATOR = /^(?:(&&|\|\|)|([&|!])$)/;
const MEANING: Readonly<Record<string, string>> = { '&&': 'and', '&': 'and', '||': 'or', '|': 'or', '!': 'not' };
/** Directly before a field or a regular expression. */
const SIGN = /^[-!+](?:[A-Za-z_][\w.[\]]*:|\/.+\/[a-z]*$)/s;
const AS_TEXT = 'To look for this as text, put it in quotes.';

/**
 * Throws {@link Mistake} for a word that is an operator in other languages, such as `-dir:in`, `!"abc"` or `&&`: as
 * text it finds nothing, and nobody means that. `next`: the token after it.
 */
export function refuseForeign({ text, span }: WordToken, next: Token | undefined): void {
  if (SIGN.test(text) || (/^[-!+]$/.test(text) && isRightBehind(next, span.to))) {
    const sign = { from: span.from, to: span.from + 1 };
    if (text.startsWith('+')) throw new Mistake(sign, `Leave out the +: all terms must hold anyway. ${AS_TEXT}`);
    throw new Mistake(sign, `Write “not” and a space instead of ${text[0]}. ${AS_TEXT}`, ['not ']);
  }
  const [, long, short] = OPERATOR.exec(text) ?? [];
  const operator = long ?? short;
  if (operator === undefined) return;
  const meaning = MEANING[operator] as string;
  const place = { from: span.from, to: span.from + operator.length };
  throw new Mistake(place, `Write “${meaning}” instead of ${operator}. ${AS_TEXT}`, [meaning]);
}

const isRightBehind = (token: Token | undefined, end: number) =>
  token !== undefined && token.type !== 'close' && token.span.from === end;
