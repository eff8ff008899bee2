import type { Lane } from '../../../shared/domain.ts';
import type { Counted } from './bucket.ts';

/** The previous message, which tells whether the next one is a reply. */
export interface LastMessage {
  readonly lane: Lane;
  readonly mono: number;
}

/** Tells for each message how long after a message in the other lane it came. */
export class Replies {
  #last: LastMessage | null;

  constructor(last: LastMessage | null = null) {
    this.#last = last;
  }

  /** µs since the message that this record replies to; null if it isn't a reply. */
  next({ kind, lane, mono }: Pick<Counted, 'kind' | 'lane' | 'mono'>): number | null {
    if (kind === 'exit' || kind === 'closed') this.#last = null;
    if (kind !== 'message' || !lane) return null;
    const before = this.#last;
    this.#last = { lane, mono };
    return before && before.lane !== lane ? Math.max(0, mono - before.mono) : null;
  }
}
