import type { Kind } from '../../shared/domain.ts';
import type { SessionCounts } from '../../shared/session.ts';
import { RateMeter } from './rate-meter.ts';
import type { RecordContent } from './record-content.ts';

const COUNTED: Partial<Record<Kind, 'timeouts' | 'exits' | 'errors' | 'anomalies'>> = {
  timeout: 'timeouts',
  exit: 'exits',
  error: 'errors',
  anomaly: 'anomalies',
};

/** The counters of a session: what its log holds. */
export class Tally {
  readonly #rate = new RateMeter();
  readonly #counts: { -readonly [K in keyof SessionCounts]: number } = {
    messagesIn: 0,
    messagesOut: 0,
    bytesIn: 0,
    bytesOut: 0,
    timeouts: 0,
    exits: 0,
    errors: 0,
    anomalies: 0,
  };

  count({ kind, direction, bytes, count = 1 }: RecordContent): void {
    const counted = COUNTED[kind];
    if (counted) this.#counts[counted] += count;
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
