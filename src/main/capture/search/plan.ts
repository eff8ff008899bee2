import type { FilterNode } from '../../../shared/filter/filter.ts';

/** A search through payloads. */
export type Needle = Extract<FilterNode, { readonly type: 'text' | 'hex' | 'regex' }>;

/** How a filter is worked out: all that looks at a record's fields together in SQL, payloads by scanning. */
export type Plan =
  | { readonly type: 'fields'; readonly filter: FilterNode }
  | { readonly type: 'payload'; readonly needle: Needle }
  /** Cheapest first: each has to look only at what the ones before it left. */
  | { readonly type: 'and' | 'or'; readonly plans: readonly Plan[] }
  | { readonly type: 'not'; readonly plan: Plan };

export function planOf(filter: FilterNode): Plan {
  if (isFields(filter)) return { type: 'fields', filter };
  switch (filter.type) {
    case 'not':
      return { type: 'not', plan: planOf(filter.term) };
    case 'and':
    case 'or': {
      const { type, span } = filter;
      const fields = filter.terms.filter(isFields);
      const searches = filter.terms.filter((term) => !isFields(term)).map(planOf);
      const first: Plan[] = fields.length ? [{ type: 'fields', filter: { type, span, terms: fields } }] : [];
      return { type, plans: [...first, ...searches.toSorted((a, b) => cost(a) - cost(b))] };
    }
    default:
      return { type: 'payload', needle: filter as Needle };
  }
}

export const readsPayloads = (plan: Plan): boolean => plan.type !== 'fields';

/** Whether the filter's result can change for records that were looked at already. */
export function hasMarks(filter: FilterNode): boolean {
  if (filter.type === 'and' || filter.type === 'or') return filter.terms.some(hasMarks);
  return filter.type === 'not' ? hasMarks(filter.term) : filter.type === 'mark';
}

function isFields(filter: FilterNode): boolean {
  if (filter.type === 'and' || filter.type === 'or') return filter.terms.every(isFields);
  if (filter.type === 'not') return isFields(filter.term);
  return filter.type !== 'text' && filter.type !== 'hex' && filter.type !== 'regex';
}

function cost(plan: Plan): number {
  if (plan.type === 'fields') return 0;
  if (plan.type === 'payload') return plan.needle.type === 'regex' ? 3 : plan.needle.type === 'hex' ? 2 : 1;
  return plan.type === 'not' ? cost(plan.plan) : Math.max(...plan.plans.map(cost));
}
