import { ShmscopeError } from '../../../shared/failure.ts';
import { type FilterNode, parseFilter, type Term } from '../../../shared/filter/filter.ts';
import type { RowFilter } from '../../../shared/log.ts';

const SPAN = { from: 0, to: 0 };

/** The filter as a tree. Throws ShmscopeError `filter-invalid` that says where the mistake stands. */
export function filterNode(filter: RowFilter | string): FilterNode {
  return typeof filter === 'string' ? parsed(filter) : fromRowFilter(filter);
}

export const termNode = (term: Term): FilterNode => ({ ...term, span: SPAN });

/** Records that pass both. */
export function both(a: FilterNode, b: FilterNode): FilterNode {
  return a.type === 'all' ? b : { type: 'and', span: SPAN, terms: [a, b] };
}

function parsed(text: string): FilterNode {
  const result = parseFilter(text);
  if (result.ok) return result.filter;
  const { span, message } = result.error;
  const part = text.slice(span.from, Math.min(span.to, span.from + 40));
  const place = part === '' ? `at its character ${span.from + 1}` : `at “${part}”, its character ${span.from + 1}`;
  throw new ShmscopeError('filter-invalid', `The filter has a mistake ${place}: ${message}`);
}

function fromRowFilter({ directions, kinds }: RowFilter): FilterNode {
  const terms: FilterNode[] = [];
  if (directions.length) terms.push(termNode({ type: 'dir', values: [...new Set(directions)].sort() }));
  if (kinds.length) terms.push(termNode({ type: 'kind', values: [...new Set(kinds)].sort() }));
  const [first] = terms;
  if (!first) return { type: 'all', span: SPAN };
  return terms.length === 1 ? first : { type: 'and', span: SPAN, terms };
}
