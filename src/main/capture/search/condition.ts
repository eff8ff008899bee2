import { type Comparison, type FilterNode, type Instant, resolveInstant } from '../../../shared/filter/filter.ts';
import { DIRECTION_CODES, KIND_CODES } from '../store/codes.ts';

/** SQL over the columns of `record`; what the user wrote is only in the parameters. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly (number | string | Uint8Array)[];
}

/** µs since the record before; NULL for the first. */
const DELTA = '(mono - (SELECT p.mono FROM record p WHERE p.session = record.session AND p.seq = record.seq - 1))';

/** What a condition depends on besides its filter. */
export interface Circumstances {
  /** When the session began, µs since 1970. */
  readonly openedAt: number;
  /** What stands for the column `count`, see {@link countColumn}. */
  readonly count: string;
}

/** `filter` has no search through payloads. */
export function conditionOf(filter: FilterNode, circumstances: Circumstances): Condition {
  switch (filter.type) {
    case 'and':
    case 'or': {
      const terms = filter.terms.map((term) => conditionOf(term, circumstances));
      return {
        sql: `(${terms.map(({ sql }) => sql).join(filter.type === 'and' ? ' AND ' : ' OR ')})`,
        parameters: terms.flatMap(({ parameters }) => parameters),
      };
    }
    case 'not': {
      const { sql, parameters } = conditionOf(filter.term, circumstances);
      return { sql: `NOT ${sql}`, parameters };
    }
    default: {
      // What is NULL is not so; and the opposite of it is.
      const { sql, parameters } = termCondition(filter, circumstances);
      return { sql: `((${sql}) IS TRUE)`, parameters };
    }
  }
}

function termCondition(
  term: Exclude<FilterNode, { type: 'and' | 'or' | 'not' }>,
  { openedAt, count }: Circumstances,
): Condition {
  switch (term.type) {
    case 'dir':
      return term.values === '*' ? known('direction') : among('coalesce(direction, 0)', term.values.map(directionCode));
    case 'kind':
      return term.values === '*'
        ? known('kind')
        : among(
            'kind',
            term.values.map((kind) => KIND_CODES[kind]),
          );
    case 'code':
      return term.values === '*' ? known('code') : among('code', term.values);
    case 'size':
      return compared('size', term.comparison);
    case 'delta':
      return compared(DELTA, term.comparison);
    case 'seq':
      return compared('seq', term.comparison);
    case 'count':
      return compared(count, term.comparison);
    case 'after':
      return timed('>=', term.instant, openedAt);
    case 'before':
      return timed('<', term.instant, openedAt);
    case 'mark':
      return marked(term.text);
    case 'detail':
      return containing('detail', term.text);
    case 'all':
      return { sql: 'TRUE', parameters: [] };
    default:
      throw new TypeError(`A search for ${term.type} is not in the columns.`);
  }
}

const timed = (op: '>=' | '<', instant: Instant, openedAt: number): Condition =>
  'since' in instant
    ? { sql: `mono ${op} ?`, parameters: [instant.since] }
    : { sql: `wall ${op} ?`, parameters: [resolveInstant(instant, openedAt)] };

const directionCode = (word: 'in' | 'out' | 'none') => (word === 'none' ? 0 : DIRECTION_CODES[word]);

const known = (column: string): Condition => ({ sql: `${column} IS NOT NULL`, parameters: [] });

const among = (column: string, values: readonly (number | string)[]): Condition => ({
  sql: `${column} IN (${values.map(() => '?').join(', ')})`,
  parameters: values,
});

function compared(column: string, comparison: Comparison): Condition {
  if (comparison.op !== '..') return { sql: `${column} ${comparison.op} ?`, parameters: [comparison.value] };
  const { low, high } = comparison;
  return { sql: `${column} BETWEEN ? AND ?`, parameters: [low ?? 0, high ?? Number.MAX_SAFE_INTEGER] };
}

/** Text is kept as TEXT or, where that would lose some, as UTF-16: see codes.ts. */
const containing = (column: string, text: string): Condition => ({
  sql: `CASE typeof(${column}) WHEN 'blob' THEN instr(${column}, ?) ELSE instr(${column}, ?) END`,
  parameters: [Buffer.from(text, 'utf16le'), text],
});

function marked(text: string): Condition {
  const label = text === '*' ? known('label') : containing('label', text);
  const sql = `EXISTS (SELECT 1 FROM mark WHERE mark.session = record.session AND mark.seq = record.seq AND ${label.sql})`;
  return { sql, parameters: label.parameters };
}
