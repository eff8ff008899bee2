import { ShmscopeError } from '../../../shared/failure.ts';
import type { SessionTypes } from '../../../shared/types/compiled/compiled.ts';
import { WorkerLink } from '../thread/worker-link.ts';
import type { Found, ScanQuery, SearchCalls, Searched } from './search.ts';

/** ms after which the thread is started unless it is needed earlier: rows are requested first. */
const WARM_UP_MS = 500;

interface SearchThread {
  readonly link: WorkerLink<SearchCalls>;
  readonly ready: Promise<void>;
}

/** The reader's end of the search thread: one slice at a time. */
export class ScanWorker {
  readonly #searched: Searched;
  readonly #workerPath: string;
  readonly #warmUp: NodeJS.Timeout;
  readonly #types = new Map<number, SessionTypes>();
  #thread: SearchThread | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(workerPath: string, searched: Searched) {
    this.#workerPath = workerPath;
    this.#searched = searched;
    this.#warmUp = setTimeout(() => this.#started(), WARM_UP_MS);
  }

  /**
   * One slice, after those requested before. Rejects with ShmscopeError `filter-too-slow`, `cancelled` if it takes long
   * and `signal` says that nobody wants it, `worker-died`, `capture-failed`, `closed`.
   */
  scan(query: ScanQuery, signal: AbortSignal): Promise<Found> {
    const turn = this.#turn.then(() => this.#scan(query, signal));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** Sets the types that a session's messages are read with in later scans. */
  bindTypes(types: SessionTypes): void {
    this.#types.set(types.session, types);
    this.#thread?.link.call('bindTypes', types).catch(() => {});
  }

  /** Ends the thread together with a running slice. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#warmUp);
    await this.#thread?.link.end();
  }

  /** One that has ended is started again. */
  #started(): SearchThread {
    if (this.#thread && !this.#thread.link.death) return this.#thread;
    const link = new WorkerLink<SearchCalls>(this.#workerPath, { role: 'search' });
    const ready = link.call('open', this.#searched);
    // Reported to whoever scans.
    ready.catch(() => {});
    for (const types of this.#types.values()) link.call('bindTypes', types).catch(() => {});
    this.#thread = { link, ready };
    return this.#thread;
  }

  async #scan(query: ScanQuery, signal: AbortSignal): Promise<Found> {
    if (this.#isClosed) throw new ShmscopeError('closed', 'The capture is closed.');
    const { link, ready } = this.#started();
    try {
      await ready;
    } catch (error) {
      // The file may be back the next time.
      void link.end();
      this.#thread = undefined;
      throw error;
    }
    const abandon = () => void link.call('abandon', undefined).catch(() => {});
    const found = link.call('scan', query);
    signal.addEventListener('abort', abandon);
    if (signal.aborted) abandon();
    try {
      return await found;
    } finally {
      signal.removeEventListener('abort', abandon);
    }
  }
}
