import type { Lane } from './domain.ts';
import { type Counter, perCounter } from './record-kind.ts';

/** What the log of a session contains. */
export interface SessionCounts extends Readonly<Record<Counter, number>> {
  readonly messages: Readonly<Record<Lane, number>>;
  readonly bytes: Readonly<Record<Lane, number>>;
}

export const NO_COUNTS: SessionCounts = {
  messages: { s2c: 0, c2s: 0 },
  bytes: { s2c: 0, c2s: 0 },
  ...perCounter(() => 0),
};

/** Of both lanes. */
export const totalMessages = ({ messages }: SessionCounts): number => messages.s2c + messages.c2s;
