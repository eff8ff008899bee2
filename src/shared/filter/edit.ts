import type { EncodingChoice } from '../text/encodings.ts';
import type { BuiltInTerm, Node, Term } from './ast.ts';
import type { Catalogue } from './catalogue.ts';
import { parseFilter } from './parse.ts';
import { printFilter, printTerm } from './print.ts';
import { BUILT_IN } from './terms.ts';

/**
 * `text` with the requirement that `term` holds; it replaces what was required of the same field. A text with a mistake
 * is kept.
 */
export function only(text: string, term: Term, catalogue: Catalogue = BUILT_IN): string {
  const parsed = parseFilter(text, catalogue);
  if (!parsed.ok) return appended(text, printTerm(term, catalogue));
  const rest = demands(parsed.filter).filter((each) => each.type !== term.type || catalogue.of(term).isSearch);
  return conjunction(catalogue, rest, printTerm(term, catalogue));
}

/** `text` with the requirement that `term` doesn't hold. A text with a mistake is kept. */
export function exclude(text: string, term: Term, catalogue: Catalogue = BUILT_IN): string {
  const added = `not ${printTerm(term, catalogue)}`;
  const parsed = parseFilter(text, catalogue);
  return parsed.ok ? conjunction(catalogue, demands(parsed.filter), added) : appended(text, added);
}

/** `text` without what is required of a field. A text with a mistake stays as it is. */
export function without(text: string, type: Term['type'], catalogue: Catalogue = BUILT_IN): string {
  const parsed = parseFilter(text, catalogue);
  return parsed.ok
    ? conjunction(
        catalogue,
        demands(parsed.filter).filter((each) => each.type !== type),
      )
    : text;
}

/** What is required of a field; undefined if nothing is, or the text has a mistake. */
export function demanded<T extends BuiltInTerm['type']>(
  text: string,
  type: T,
): Extract<BuiltInTerm, { type: T }> | undefined {
  const parsed = parseFilter(text);
  if (!parsed.ok) return undefined;
  return demands(parsed.filter).find((each) => each.type === type) as Extract<BuiltInTerm, { type: T }> | undefined;
}

/** The filter with its texts and regular expressions read in `encoding`, unless they name one. */
export function inEncoding(filter: Node, encoding: EncodingChoice, catalogue: Catalogue = BUILT_IN): Node {
  if (encoding === 'utf-8') return filter;
  switch (filter.type) {
    case 'all':
      return filter;
    case 'and':
    case 'or':
      return { ...filter, terms: filter.terms.map((term) => inEncoding(term, encoding, catalogue)) };
    case 'not':
      return { ...filter, term: inEncoding(filter.term, encoding, catalogue) };
    default:
      return { ...filter, ...catalogue.of(filter).inEncoding?.(filter, encoding) };
  }
}

const demands = (filter: Node): readonly Node[] => {
  if (filter.type === 'all') return [];
  return filter.type === 'and' ? filter.terms : [filter];
};

function conjunction(catalogue: Catalogue, nodes: readonly Node[], ...added: readonly string[]): string {
  const written = nodes.map((node) =>
    node.type === 'or' ? `(${printFilter(node, catalogue)})` : printFilter(node, catalogue),
  );
  return [...new Set([...written, ...added])].join(' ');
}

const appended = (text: string, added: string) => `${text.trimEnd()} ${added}`;
