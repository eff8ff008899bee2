import { KIND_CODES } from './codes.ts';

/**
 * What consecutive records share if one row can stand for them, as kind, lane and code in the file: all timeouts, or
 * one anomaly in one lane. Null for records that get a row each.
 */
export function runKey(kind: number, lane: number | null, code: string | null): string | null {
  if (kind === KIND_CODES.timeout) return 'timeout';
  return kind === KIND_CODES.anomaly ? `${code} ${lane}` : null;
}

/** The kinds for which {@link runKey} isn't null, for SQL. */
export const RUN_KINDS = `(${KIND_CODES.timeout}, ${KIND_CODES.anomaly})`;
