import type { Comparison } from '../../../shared/filter/filter.ts';

/** SQL over the columns of `record`; what the user wrote appears only in the parameters. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly (number | string | Uint8Array)[];
}

export const EVERYTHING: Condition = { sql: 'TRUE', parameters: [] };

export const known = (column: string): Condition => ({ sql: `${column} IS NOT NULL`, parameters: [] });

export const among = (column: string, values: readonly (number | string)[]): Condition => ({
  sql: `${column} IN (${values.map(() => '?').join(', ')})`,
  parameters: values,
});

export function compared(column: string, comparison: Comparison): Condition {
  if (comparison.op !== '..') return { sql: `${column} ${comparison.op} ?`, parameters: [comparison.value] };
  const { low, high } = comparison;
  return { sql: `${column} BETWEEN ? AND ?`, parameters: [low ?? 0, high ?? Number.MAX_SAFE_INTEGER] };
}

/** Text is stored as TEXT or, if that would lose something, as UTF-16: see codes.ts. */
export const containing = (column: string, text: string): Condition => ({
  sql: `CASE typeof(${column}) WHEN 'blob' THEN instr(${column}, ?) ELSE instr(${column}, ?) END`,
  parameters: [Buffer.from(text, 'utf16le'), text],
});
