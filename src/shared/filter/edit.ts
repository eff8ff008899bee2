import type { EncodingChoice } from '../text/encodings.ts';
import type { Node, Term } from './ast.ts';
import { parseFilter } from './parse.ts';
import { printFilter, printTerm } from './print.ts';

/** `text` with the demand that `term` holds; it takes the place of what was demanded of the same field. A text with a mistake keeps it. */
export function only(text: string, term: Term): string {
  const parsed = parseFilter(text);
  if (!parsed.ok) return appended(text, printTerm(term));
  const rest = demands(parsed.filter).filter((each) => each.type !== term.type || isSearch(term));
  return conjunction(rest, printTerm(term));
}

/** `text` with the demand that `term` does not hold. A text with a mistake keeps it. */
export function exclude(text: string, term: Term): string {
  const added = `not ${printTerm(term)}`;
  const parsed = parseFilter(text);
  return parsed.ok ? conjunction(demands(parsed.filter), added) : appended(text, added);
}

/** `text` without what is demanded of a field. A text with a mistake stays as it is. */
export function without(text: string, type: Term['type']): string {
  const parsed = parseFilter(text);
  return parsed.ok ? conjunction(demands(parsed.filter).filter((each) => each.type !== type)) : text;
}

/** What is demanded of a field; undefined where nothing is, or where the text has a mistake. */
export function demanded<T extends Term['type']>(text: string, type: T): Extract<Term, { type: T }> | undefined {
  const parsed = parseFilter(text);
  if (!parsed.ok) return undefined;
  return demands(parsed.filter).find((each) => each.type === type) as Extract<Term, { type: T }> | undefined;
}

/** The filter with its texts and regular expressions read in `encoding`, where they don't name one. */
export function inEncoding(filter: Node, encoding: EncodingChoice): Node {
  if (encoding === 'utf-8') return filter;
  switch (filter.type) {
    case 'and':
    case 'or':
      return { ...filter, terms: filter.terms.map((term) => inEncoding(term, encoding)) };
    case 'not':
      return { ...filter, term: inEncoding(filter.term, encoding) };
    case 'text':
    case 'regex':
      return { encoding, ...filter };
    default:
      return filter;
  }
}

/** A record can contain several texts, but is of one kind, size and so on. */
const isSearch = ({ type }: Term) => type === 'text' || type === 'hex' || type === 'regex' || type === 'detail';

const demands = (filter: Node): readonly Node[] => {
  if (filter.type === 'all') return [];
  return filter.type === 'and' ? filter.terms : [filter];
};

function conjunction(nodes: readonly Node[], ...added: readonly string[]): string {
  const written = nodes.map((node) => (node.type === 'or' ? `(${printFilter(node)})` : printFilter(node)));
  return [...new Set([...written, ...added])].join(' ');
}

const appended = (text: string, added: string) => `${text.trimEnd()} ${added}`;
