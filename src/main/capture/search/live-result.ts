import { type Failure, failureToError, toFailure } from '../../../shared/failure.ts';
import type { FilterNode } from '../../../shared/filter/filter.ts';
import { NumberList } from '../store/number-list.ts';
import type { ScanWorker } from './scan-worker.ts';

/** The records of a session that match a filter, found slice by slice by the search thread and kept. */
export class LiveResult {
  readonly seqs = new NumberList();
  readonly #scanWorker: ScanWorker;
  readonly #session: number;
  readonly #filter: FilterNode;
  readonly #waiting = new Set<() => void>();
  #scanned: number;
  #target = 0;
  #run: AbortController | undefined;
  #failure: Failure | undefined;

  /** @param first records below it are gone */
  constructor(scanWorker: ScanWorker, session: number, filter: FilterNode, first: number) {
    this.#scanWorker = scanWorker;
    this.#session = session;
    this.#filter = filter;
    this.#scanned = first;
  }

  /** Records scanned so far, from the first one. */
  get scanned(): number {
    return this.#scanned;
  }

  /** Starts or continues scanning the first `records` records. */
  extendTo(records: number): void {
    this.#target = Math.max(this.#target, records);
    // A filter that is too slow stays so; any other failure may be over by now.
    if (this.#failure?.code !== 'filter-too-slow') this.#failure = undefined;
    if (!this.#run && !this.#failure && this.#scanned < this.#target) void this.#extend();
  }

  /** Stops scanning; whoever waits gets what there is. {@link extendTo} continues. */
  stop(): void {
    this.#target = 0;
    this.#run?.abort();
    this.#run = undefined;
    this.#wake();
  }

  /**
   * Waits until `isEnough`, or everything was scanned, or it was stopped, or `ms` are over. Rejects with the
   * ShmscopeError that ended the search.
   */
  async wait(isEnough: () => boolean, ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = () => {
        if (this.#run && !this.#failure && !isEnough()) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        resolve();
      }, ms);
      this.#waiting.add(look);
      look();
    });
    if (this.#failure) throw failureToError(this.#failure);
  }

  async #extend(): Promise<void> {
    const run = new AbortController();
    this.#run = run;
    try {
      while (this.#run === run && this.#scanned < this.#target) await this.#slice(run.signal);
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code !== 'cancelled') this.#failure = failure;
    }
    if (this.#run === run) this.#run = undefined;
    this.#wake();
  }

  async #slice(signal: AbortSignal): Promise<void> {
    const from = this.#scanned;
    const query = { session: this.#session, filter: this.#filter, from, limit: this.#target };
    const { to, seqs } = await this.#scanWorker.scan(query, signal);
    // After a stop and a restart the same slice may arrive twice.
    if (this.#scanned !== from) return;
    this.seqs.append(seqs);
    this.#scanned = to;
    this.#wake();
  }

  #wake(): void {
    for (const look of this.#waiting) look();
  }
}
