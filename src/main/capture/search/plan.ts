import type { DatabaseSync } from 'node:sqlite';
import { type FilterNode, termsOf } from '../../../shared/filter/filter.ts';
import type { PayloadSearch, SearchCatalogue, SearchPlace } from './search-term.ts';

/** How a filter is executed: everything that tests a record's columns together in SQL, payloads by scanning. */
export type Plan =
  | { readonly type: 'fields'; readonly filter: FilterNode }
  | { readonly type: 'payload'; readonly cost: number; readonly open: (place: SearchPlace) => PayloadSearch }
  /** Cheapest first: each scans only what the previous ones left. */
  | { readonly type: 'and' | 'or'; readonly plans: readonly Plan[] }
  | { readonly type: 'not'; readonly plan: Plan };

export function planOf(filter: FilterNode, catalogue: SearchCatalogue): Plan {
  const isFields = (each: FilterNode) => [...termsOf(each)].every((term) => catalogue.of(term).evaluation.by === 'sql');
  if (isFields(filter)) return { type: 'fields', filter };
  switch (filter.type) {
    case 'all':
      return { type: 'fields', filter };
    case 'not':
      return { type: 'not', plan: planOf(filter.term, catalogue) };
    case 'and':
    case 'or': {
      const { type, span } = filter;
      const fields = filter.terms.filter(isFields);
      const searches = filter.terms.filter((term) => !isFields(term)).map((term) => planOf(term, catalogue));
      const first: Plan[] = fields.length ? [{ type: 'fields', filter: { type, span, terms: fields } }] : [];
      return { type, plans: [...first, ...searches.toSorted((a, b) => cost(a) - cost(b))] };
    }
    default: {
      const { evaluation } = catalogue.of(filter);
      if (evaluation.by === 'sql') return { type: 'fields', filter };
      return { type: 'payload', cost: evaluation.cost, open: (place) => evaluation.open(filter, place) };
    }
  }
}

export const readsPayloads = (plan: Plan): boolean => plan.type !== 'fields';

/** What the filter's result depends on besides the records; none if it can't change for scanned records. */
export const volatileOf = (
  filter: FilterNode,
  catalogue: SearchCatalogue,
  db: DatabaseSync,
  session: number,
): unknown[] =>
  [...new Set([...termsOf(filter)].map((term) => catalogue.of(term).evaluation))].flatMap(
    (evaluation) => evaluation.volatile?.(db, session) ?? [],
  );

function cost(plan: Plan): number {
  switch (plan.type) {
    case 'fields':
      return 0;
    case 'payload':
      return plan.cost;
    case 'not':
      return cost(plan.plan);
    default:
      return Math.max(...plan.plans.map(cost));
  }
}
