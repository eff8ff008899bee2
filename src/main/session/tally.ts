import { counterOf, perCounter } from '../../shared/record-kind.ts';
import { NO_COUNTS, type SessionCounts } from '../../shared/session-counts.ts';
import { RateMeter } from './rate-meter.ts';
import type { RecordContent } from './record-content.ts';

/** The counters of a session: what its log contains. */
export class Tally {
  readonly #rate = new RateMeter();
  readonly #counts = perCounter(() => 0);
  readonly #messages = { ...NO_COUNTS.messages };
  readonly #bytes = { ...NO_COUNTS.bytes };

  count({ kind, code, lane, bytes, wasThere, count = 1 }: RecordContent): void {
    const counter = counterOf(kind, code ?? null);
    if (counter) this.#counts[counter] += count;
    if (kind !== 'message' || !lane) return;
    this.#messages[lane]++;
    this.#bytes[lane] += bytes?.byteLength ?? 0;
    if (!wasThere) this.#rate.count();
  }

  get counts(): SessionCounts {
    return { ...this.#counts, messages: { ...this.#messages }, bytes: { ...this.#bytes } };
  }

  /** Messages of both directions in the last second. */
  get rate(): number {
    return this.#rate.perSecond();
  }
}
