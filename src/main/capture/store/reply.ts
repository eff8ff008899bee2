import { KIND_CODES } from './codes.ts';

const { message, exit, closed } = KIND_CODES;

/** The kinds that begin or end a chain of replies, as a list of SQL. */
export const CHAIN_KINDS = `(${message}, ${exit}, ${closed})`;

/**
 * In a query over `record`: a column of the message that a message replies to, which is the one before it if that is in
 * the other lane. NULL if it replies to none. With `within`, a message more records away isn't looked for.
 */
export function repliedTo(column: 'seq' | 'mono', within = Number.MAX_SAFE_INTEGER): string {
  return `CASE record.kind WHEN ${message} THEN (
    SELECT CASE WHEN p.kind = ${message} AND p.lane <> record.lane THEN p.${column} END FROM record p
    WHERE p.session = record.session AND p.seq < record.seq AND p.seq >= record.seq - ${within}
      AND p.kind IN ${CHAIN_KINDS} ORDER BY p.seq DESC LIMIT 1
  ) END`;
}

/** µs from that message to the record. */
export const LATENCY = `max(0, record.mono - ${repliedTo('mono')})`;
