import { type Counter, perCounter } from './record-kind.ts';

/** What the log of a session holds. */
export interface SessionCounts extends Readonly<Record<Counter, number>> {
  readonly messagesIn: number;
  readonly messagesOut: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export const NO_COUNTS: SessionCounts = {
  ...{ messagesIn: 0, messagesOut: 0, bytesIn: 0, bytesOut: 0 },
  ...perCounter(() => 0),
};
