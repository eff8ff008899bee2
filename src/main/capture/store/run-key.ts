import { KIND_CODES } from './codes.ts';

/**
 * What records that follow each other have in common when one row can stand for them, as kind, lane and code stand in
 * the file: all timeouts, or one anomaly in one lane. Null for records that are a row each.
 */
export function runKey(kind: number, lane: number | null, code: string | null): string | null {
  if (kind === KIND_CODES.timeout) return 'timeout';
  return kind === KIND_CODES.anomaly ? `${code} ${lane}` : null;
}

/** The kinds that {@link runKey} has an answer for, for SQL. */
export const RUN_KINDS = `(${KIND_CODES.timeout}, ${KIND_CODES.anomaly})`;
