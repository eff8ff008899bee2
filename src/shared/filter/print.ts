import type { Node, Term } from './ast.ts';
import type { Catalogue } from './catalogue.ts';
import { BUILT_IN } from './terms.ts';

/** The filter as text that parses to the same filter. */
export function printFilter(node: Node, catalogue: Catalogue = BUILT_IN): string {
  const print = (each: Node) => printFilter(each, catalogue);
  /** In parentheses if `node` would otherwise fall apart. */
  const printWithin = (each: Node, ...weaker: Node['type'][]) =>
    weaker.includes(each.type) ? `(${print(each)})` : print(each);
  switch (node.type) {
    case 'all':
      return '';
    case 'and':
      return node.terms.map((term) => printWithin(term, 'or')).join(' ');
    case 'or':
      return node.terms.map(print).join(' or ');
    case 'not':
      return `not ${printWithin(node.term, 'or', 'and')}`;
    default:
      return printTerm(node, catalogue);
  }
}

export const printTerm = (term: Term, catalogue: Catalogue = BUILT_IN): string => catalogue.of(term).print(term);
