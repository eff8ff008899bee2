import { ShmscopeError } from '../../../shared/failure.ts';
import { type FilterNode, inEncoding, parseFilter, type Term } from '../../../shared/filter/filter.ts';
import type { EncodingChoice } from '../../../shared/text/encodings.ts';

const SPAN = { from: 0, to: 0 };

/**
 * The filter as a tree, its texts in `encoding` where they name none. Throws ShmscopeError `filter-invalid` that says where the mistake
 * stands; a local time is one: this host may be in another zone than whoever wrote it.
 */
export function filterNode(text: string, encoding: EncodingChoice = 'utf-8'): FilterNode {
  const result = parseFilter(text);
  const local = result.ok ? localTime(result.filter) : undefined;
  if (result.ok && !local) return inEncoding(result.filter, encoding);
  const { span, message } = result.ok ? { span: local?.span ?? SPAN, message: LOCAL } : result.error;
  const part = text.slice(span.from, Math.min(span.to, span.from + 40));
  const place = part === '' ? `at its character ${span.from + 1}` : `at “${part}”, its character ${span.from + 1}`;
  throw new ShmscopeError('filter-invalid', `The filter has a mistake ${place}: ${message}`);
}

const LOCAL = 'this time needs its zone. Put Z for UTC at its end, or an offset such as +02:00.';

function localTime(node: FilterNode): FilterNode | undefined {
  switch (node.type) {
    case 'and':
    case 'or':
      return node.terms.map(localTime).find((found) => found !== undefined);
    case 'not':
      return localTime(node.term);
    case 'after':
    case 'before':
      return 'offset' in node.instant && node.instant.offset === null ? node : undefined;
    default:
      return undefined;
  }
}

export const termNode = (term: Term): FilterNode => ({ ...term, span: SPAN });

/** Records that pass both. */
export function both(a: FilterNode, b: FilterNode): FilterNode {
  return a.type === 'all' ? b : { type: 'and', span: SPAN, terms: [a, b] };
}
