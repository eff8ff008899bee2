import { Mistake, type Span } from './ast.ts';
import type { Catalogue } from './catalogue.ts';
import { BUILT_IN } from './terms.ts';
import { type Token, tokens } from './tokens.ts';

type HighlightKind = 'field' | 'value' | 'text' | 'regex' | 'operator' | 'parenthesis' | 'rest';

export interface Highlight {
  readonly span: Span;
  readonly kind: HighlightKind;
}

/**
 * What to colour, in order, without overlaps; spaces are left out. What follows an unclosed quotation is `rest`. Never
 * throws.
 */
export function highlightFilter(text: string, catalogue: Catalogue = BUILT_IN): Highlight[] {
  const parts: Highlight[] = [];
  try {
    for (const token of tokens(text, catalogue)) parts.push(...highlightOf(token, catalogue));
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    const from = parts.at(-1)?.span.to ?? 0;
    if (from < text.length) parts.push({ span: { from, to: text.length }, kind: 'rest' });
  }
  return parts;
}

function highlightOf(token: Token, catalogue: Catalogue): Highlight[] {
  const { span } = token;
  switch (token.type) {
    case 'open':
    case 'close':
      return [{ span, kind: 'parenthesis' }];
    case 'word':
      return [{ span, kind: /^(and|or|not)$/i.test(token.text) ? 'operator' : 'text' }];
    case 'string':
      return [{ span, kind: 'text' }];
    case 'regex':
      return [{ span, kind: 'regex' }];
    case 'field': {
      const name = { from: span.from, to: token.value.span.from };
      const kind = catalogue.field(token.name) ? 'field' : 'rest';
      const value: Highlight[] = name.to < span.to ? [{ span: token.value.span, kind: 'value' }] : [];
      return [{ span: name, kind }, ...value];
    }
  }
}
