import type { FilterNode } from '../../../shared/filter/filter.ts';
import type { Circumstances } from '../../match/record-predicate.ts';
import { type Condition, EVERYTHING } from './condition.ts';
import type { SearchCatalogue } from './search-term.ts';

/** `filter` has no search through payloads. */
export function conditionOf(filter: FilterNode, catalogue: SearchCatalogue, circumstances: Circumstances): Condition {
  switch (filter.type) {
    case 'all':
      return EVERYTHING;
    case 'and':
    case 'or': {
      const terms = filter.terms.map((term) => conditionOf(term, catalogue, circumstances));
      return {
        sql: `(${terms.map(({ sql }) => sql).join(filter.type === 'and' ? ' AND ' : ' OR ')})`,
        parameters: terms.flatMap(({ parameters }) => parameters),
      };
    }
    case 'not': {
      const { sql, parameters } = conditionOf(filter.term, catalogue, circumstances);
      return { sql: `NOT ${sql}`, parameters };
    }
    default: {
      const { evaluation } = catalogue.of(filter);
      if (evaluation.by !== 'sql') throw new TypeError(`A search for ${filter.type} is not in the columns.`);
      // NULL doesn't match; its opposite does.
      const { sql, parameters } = evaluation.condition(filter, circumstances);
      return { sql: `((${sql}) IS TRUE)`, parameters };
    }
  }
}
