import { ShmscopeError } from '../../../shared/failure.ts';
import { type FilterNode, inEncoding, parseFilter, type Term, termsOf } from '../../../shared/filter/filter.ts';
import type { EncodingChoice } from '../../../shared/text/encodings.ts';
import type { SearchCatalogue } from './search-term.ts';
import { SEARCHED } from './terms.ts';

const SPAN = { from: 0, to: 0 };

/**
 * The filter as a tree, its texts in `encoding` unless they name one. Throws ShmscopeError `filter-invalid` with the
 * position of the mistake; a local time is one, since this host may be in another zone than the filter's author.
 */
export function filterNode(
  text: string,
  encoding: EncodingChoice = 'utf-8',
  catalogue: SearchCatalogue = SEARCHED,
): FilterNode {
  const result = parseFilter(text, catalogue);
  const local = result.ok ? localTime(result.filter, catalogue) : undefined;
  if (result.ok && !local) return inEncoding(result.filter, encoding, catalogue);
  const { span, message } = result.ok ? { span: local?.span ?? SPAN, message: LOCAL } : result.error;
  const part = text.slice(span.from, Math.min(span.to, span.from + 40));
  const place = part === '' ? `at its character ${span.from + 1}` : `at “${part}”, its character ${span.from + 1}`;
  throw new ShmscopeError('filter-invalid', `The filter has an error ${place}: ${message}`);
}

const LOCAL = 'this time needs a time zone. Append Z for UTC or an offset such as +02:00.';

const localTime = (filter: FilterNode, catalogue: SearchCatalogue) =>
  [...termsOf(filter)].find((term) => {
    const instant = catalogue.of(term).instantOf?.(term);
    return instant && 'offset' in instant && instant.offset === null;
  });

export const termNode = (term: Term): FilterNode => ({ ...term, span: SPAN });

/** Records that match both. */
export function both(a: FilterNode, b: FilterNode): FilterNode {
  return a.type === 'all' ? b : { type: 'and', span: SPAN, terms: [a, b] };
}
