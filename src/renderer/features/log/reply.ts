import type { LogRow } from '../../../shared/log.ts';

/** What a message replies to, as far as the order of records tells. */
export interface Reply {
  readonly seq: number;
  /** µs from that message to this one. */
  readonly after: number;
}

/**
 * A message replies to the record right before it if that is a message in the other direction; nothing may lie between
 * them.
 */
export function replyOf(row: LogRow, before: LogRow | undefined): Reply | null {
  if (before?.seq !== row.seq - 1 || row.kind !== 'message' || before.kind !== 'message') return null;
  return before.direction === row.direction ? null : { seq: before.seq, after: row.mono - before.mono };
}
