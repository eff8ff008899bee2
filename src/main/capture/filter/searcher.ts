import { ShmscopeError } from '../../../shared/failure.ts';
import { WorkerLink } from '../worker-link.ts';
import type { Found } from './evaluator.ts';
import { hasRegex } from './plan.ts';
import type { ScanQuery, SearchCalls, Searched } from './search.ts';
import { SLOW_MS, tooSlow, UNWANTED_MS } from './too-slow.ts';

/** ms after which the thread is started, unless it is needed before: rows are what is asked for first. */
const WARM_UP_MS = 500;

interface SearchThread {
  readonly link: WorkerLink<SearchCalls>;
  readonly ready: Promise<void>;
}

/** The reader's end of the search thread: one slice at a time, and an end to one that has none. */
export class Searcher {
  readonly #searched: Searched;
  readonly #workerPath: string;
  readonly #warmUp: NodeJS.Timeout;
  #thread: SearchThread | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(workerPath: string, searched: Searched) {
    this.#workerPath = workerPath;
    this.#searched = searched;
    this.#warmUp = setTimeout(() => this.#started(), WARM_UP_MS);
  }

  /**
   * One slice, after those that were asked for before. Rejects with ShmscopeError `filter-too-slow`, `cancelled` where it
   * takes long and `signal` says that nobody wants it, `worker-died`, `capture-failed`, `closed`.
   */
  scan(query: ScanQuery, signal: AbortSignal): Promise<Found> {
    const turn = this.#turn.then(() => this.#scan(query, signal));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** Ends the thread, whatever it does. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#warmUp);
    await this.#thread?.link.kill();
  }

  /** One that has ended is started anew. */
  #started(): SearchThread {
    if (this.#thread && !this.#thread.link.death) return this.#thread;
    const link = new WorkerLink<SearchCalls>(this.#workerPath, { role: 'search' });
    const ready = link.call('open', this.#searched);
    // Told to whoever scans.
    ready.catch(() => {});
    this.#thread = { link, ready };
    return this.#thread;
  }

  async #scan(query: ScanQuery, signal: AbortSignal): Promise<Found> {
    if (this.#isClosed) throw new ShmscopeError('closed', 'The capture is closed.');
    const { link, ready } = this.#started();
    try {
      await ready;
    } catch (error) {
      // The file may be there again the next time.
      void link.kill();
      this.#thread = undefined;
      throw error;
    }
    return this.#watched(link, query, signal);
  }

  async #watched(link: WorkerLink<SearchCalls>, query: ScanQuery, signal: AbortSignal): Promise<Found> {
    const begun = performance.now();
    let reason: ShmscopeError | undefined;
    const end = (why: ShmscopeError) => {
      reason = why;
      void link.kill();
    };
    let timer = hasRegex(query.filter) ? setTimeout(() => end(tooSlow(query.from)), SLOW_MS) : undefined;
    const hurry = () => {
      clearTimeout(timer);
      timer = setTimeout(() => end(cancelled()), Math.max(0, begun + UNWANTED_MS - performance.now()));
    };
    signal.addEventListener('abort', hurry);
    if (signal.aborted) hurry();
    try {
      return await link.call('scan', query);
    } catch (error) {
      // A new thread gets ready while the user reads what happened.
      if (reason && !this.#isClosed) this.#started();
      throw reason ?? error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', hurry);
    }
  }
}

const cancelled = () => new ShmscopeError('cancelled', 'The search was stopped.');
