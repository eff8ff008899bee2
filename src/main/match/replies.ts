import type { Lane } from '../../shared/domain.ts';
import type { RecordHead } from '../../shared/log.ts';

/** The previous message, which tells whether the next one is a reply. */
export interface LastMessage {
  readonly lane: Lane;
  readonly mono: number;
}

/**
 * Tells for each message how long after a message in the other lane it came. In a query it is `LATENCY`, of
 * `capture/store/reply.ts`.
 */
export class Replies {
  /** Of the previous message, without an object for each; no lane: there is none. */
  #lane: Lane | null;
  #mono: number;

  constructor(last: LastMessage | null = null) {
    this.#lane = last?.lane ?? null;
    this.#mono = last?.mono ?? 0;
  }

  /** µs since the message that this record replies to; null if it isn't a reply. */
  next({ kind, lane, mono }: Pick<RecordHead, 'kind' | 'lane' | 'mono'>): number | null {
    if (kind === 'exit' || kind === 'closed') this.#lane = null;
    if (kind !== 'message' || !lane) return null;
    const latency = this.#lane !== null && this.#lane !== lane ? Math.max(0, mono - this.#mono) : null;
    this.#lane = lane;
    this.#mono = mono;
    return latency;
  }
}
