import { ShmscopeError } from '../../../shared/failure.ts';
import { WorkerLink } from '../thread/worker-link.ts';
import type { RegexCalls, RegexTask } from './regex-matcher.ts';
import { SLOW_MS, tooSlow, UNWANTED_MS } from './too-slow.ts';

interface Thread {
  readonly link: WorkerLink<RegexCalls>;
  readonly ready: Promise<void>;
}

/**
 * Matches regular expressions on a thread that is terminated if one doesn't end by itself. SQLite must never be
 * terminated halfway, so that thread has no database.
 */
export class RegexThread {
  readonly #workerPath: string;
  #thread: Thread | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #isBusy = false;
  #isClosed = false;

  /** @param workerPath worker.ts of the capture */
  constructor(workerPath: string) {
    this.#workerPath = workerPath;
  }

  /**
   * Tasks run one after another; the bytes of their payloads are transferred. `from`: the first record scanned. Rejects
   * with ShmscopeError `filter-too-slow`, `cancelled` if it takes long and `signal` says that nobody wants it,
   * `closed`, `worker-died`; tasks that wait for a failing one fail with it.
   */
  match(task: RegexTask, from: number, signal: AbortSignal): Promise<Uint32Array> {
    const turn = this.#turn.then(() => this.#match(task, from, signal));
    this.#turn = turn;
    turn.catch(() => {
      if (this.#turn === turn) this.#turn = Promise.resolve();
    });
    return turn;
  }

  /** Ends the thread, whatever it does. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const link = this.#thread?.link;
    await (this.#isBusy ? link?.kill() : link?.end());
  }

  async #match(task: RegexTask, from: number, signal: AbortSignal): Promise<Uint32Array> {
    const { link, ready } = this.#started();
    await ready;
    if (this.#isClosed) throw closed();
    const startedAt = performance.now();
    let reason: ShmscopeError | undefined;
    const end = (why: ShmscopeError) => {
      reason = why;
      void link.kill();
    };
    let timer = setTimeout(() => end(tooSlow(from)), SLOW_MS);
    const hurry = () => {
      clearTimeout(timer);
      timer = setTimeout(() => end(cancelled()), Math.max(0, startedAt + UNWANTED_MS - performance.now()));
    };
    signal.addEventListener('abort', hurry);
    if (signal.aborted) hurry();
    this.#isBusy = true;
    try {
      return await link.call('match', task, buffersOf(task));
    } catch (error) {
      if (this.#isClosed) throw closed();
      // A new thread starts while the user reads what happened.
      if (reason) this.#started();
      throw reason ?? error;
    } finally {
      this.#isBusy = false;
      clearTimeout(timer);
      signal.removeEventListener('abort', hurry);
    }
  }

  #started(): Thread {
    if (this.#isClosed) throw closed();
    if (this.#thread && !this.#thread.link.death) return this.#thread;
    const link = new WorkerLink<RegexCalls>(this.#workerPath, { role: 'regex' });
    const ready = link.call('open', undefined);
    // Reported to whoever asks for a match.
    ready.catch(() => {});
    this.#thread = { link, ready };
    return this.#thread;
  }
}

const buffersOf = ({ payloads }: RegexTask) => payloads.flatMap(({ bytes, places }) => [bytes.buffer, places.buffer]);

const cancelled = () => new ShmscopeError('cancelled', 'The search was stopped.');
const closed = () => new ShmscopeError('closed', 'The capture is closed.');
