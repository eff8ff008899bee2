import type { Lane } from '../../../shared/domain.ts';
import type { Counted } from './bucket.ts';

/** The message before, from which a reply is recognised. */
export interface LastMessage {
  readonly lane: Lane;
  readonly mono: number;
}

/** Tells of each message how long after one in the other lane it came. */
export class Replies {
  #last: LastMessage | null;

  constructor(last: LastMessage | null = null) {
    this.#last = last;
  }

  /** µs since the message that this record answers; null where it answers none. */
  next({ kind, lane, mono }: Pick<Counted, 'kind' | 'lane' | 'mono'>): number | null {
    if (kind === 'exit' || kind === 'closed') this.#last = null;
    if (kind !== 'message' || !lane) return null;
    const before = this.#last;
    this.#last = { lane, mono };
    return before && before.lane !== lane ? Math.max(0, mono - before.mono) : null;
  }
}
