import { RECORD_KINDS } from '../../shared/record-kind.ts';
import { NO_COUNTS, type SessionCounts } from '../../shared/session-counts.ts';
import { RateMeter } from './rate-meter.ts';
import type { RecordContent } from './record-content.ts';

/** The counters of a session: what its log holds. */
export class Tally {
  readonly #rate = new RateMeter();
  readonly #counts: { -readonly [K in keyof SessionCounts]: number } = { ...NO_COUNTS };

  count({ kind, direction, bytes, count = 1 }: RecordContent): void {
    const { counter } = RECORD_KINDS[kind];
    if (counter) this.#counts[counter] += count;
    if (kind === 'message') this.#message(direction === 'in' ? 'In' : 'Out', bytes?.byteLength ?? 0);
  }

  get counts(): SessionCounts {
    return { ...this.#counts };
  }

  /** Messages of both directions in the last second. */
  get rate(): number {
    return this.#rate.perSecond();
  }

  #message(direction: 'In' | 'Out', bytes: number): void {
    this.#counts[`messages${direction}`]++;
    this.#counts[`bytes${direction}`] += bytes;
    this.#rate.count();
  }
}
