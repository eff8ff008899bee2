import { ShmscopeError } from '../../../shared/failure.ts';
import { type FilterNode, inEncoding, parseFilter, type Term } from '../../../shared/filter/filter.ts';
import type { EncodingChoice } from '../../../shared/text/encodings.ts';

const SPAN = { from: 0, to: 0 };

/** The filter as a tree, its texts in `encoding` where they name none. Throws ShmscopeError `filter-invalid` that says where the mistake stands. */
export function filterNode(text: string, encoding: EncodingChoice = 'utf-8'): FilterNode {
  const result = parseFilter(text);
  if (result.ok) return inEncoding(result.filter, encoding);
  const { span, message } = result.error;
  const part = text.slice(span.from, Math.min(span.to, span.from + 40));
  const place = part === '' ? `at its character ${span.from + 1}` : `at “${part}”, its character ${span.from + 1}`;
  throw new ShmscopeError('filter-invalid', `The filter has a mistake ${place}: ${message}`);
}

export const termNode = (term: Term): FilterNode => ({ ...term, span: SPAN });

/** Records that pass both. */
export function both(a: FilterNode, b: FilterNode): FilterNode {
  return a.type === 'all' ? b : { type: 'and', span: SPAN, terms: [a, b] };
}
