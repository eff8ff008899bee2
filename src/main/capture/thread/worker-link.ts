import { type Transferable, Worker } from 'node:worker_threads';
import { ShmscopeError } from '../../../shared/failure.ts';
import { PendingCalls } from '../../../shared/pending-calls.ts';
import { logError, logInfo } from '../../log/program-log.ts';
import type { Call, CallTable, FromWorker, WorkerRole } from './calls.ts';

interface Listeners<News> {
  readonly onNews?: (news: News) => void;
  /** The thread ended unasked; every pending call was rejected with the same error. */
  readonly onDeath?: (error: ShmscopeError) => void;
}

/** The main thread's end of a capture worker: calls with replies, and news. */
export class WorkerLink<Calls extends CallTable<Calls> & { close(): unknown }, News = never> {
  readonly #worker: Worker;
  readonly #role: string;
  readonly #listeners: Listeners<News>;
  readonly #exited = Promise.withResolvers<void>();
  readonly #pending = new PendingCalls();
  #ending = false;
  #reason: string | undefined;
  #death: ShmscopeError | undefined;

  constructor(path: string, workerData: WorkerRole, listeners: Listeners<News> = {}) {
    this.#role = workerData.role;
    this.#listeners = listeners;
    this.#worker = new Worker(path, { workerData, name: `capture-${this.#role}` });
    this.#worker.on('message', (message: FromWorker<News>) => this.#take(message));
    this.#worker.on('error', (error: unknown) => {
      logError(`The capture's ${this.#role} thread died`, error);
      this.#reason = error instanceof Error ? error.message : String(error);
    });
    this.#worker.once('exit', (code) => this.#died(this.#reason ?? `exit code ${code}`));
  }

  /** The error that every call gets once the thread has ended; undefined while it runs. */
  get death(): ShmscopeError | undefined {
    return this.#death;
  }

  /** Rejects with the worker's ShmscopeError, or with {@link death}. */
  async call<N extends keyof Calls & string>(
    name: N,
    argument: Parameters<Calls[N]>[0],
    transfer: readonly Transferable[] = [],
  ): Promise<Awaited<ReturnType<Calls[N]>>> {
    if (this.#death) throw this.#death;
    const post = (id: number) => this.#worker.postMessage({ id, name, argument } satisfies Call, transfer);
    return (await this.#pending.call(post)) as Awaited<ReturnType<Calls[N]>>;
  }

  /** Makes the worker close what it holds, and waits until its thread is gone. */
  async end(): Promise<void> {
    if (this.#death) return;
    this.#ending = true;
    await this.call('close', undefined).catch((error) => {
      if (!this.#death) throw error;
    });
    await this.#exited.promise;
  }

  /**
   * Ends the thread at once, whatever it does; every pending call is rejected with {@link death}. Only for a thread
   * without a database: ending one inside SQLite can crash the process.
   */
  async kill(): Promise<void> {
    this.#ending = true;
    this.#reason ??= 'it was ended';
    await this.#worker.terminate();
  }

  #take(message: FromWorker<News>): void {
    if ('news' in message) this.#listeners.onNews?.(message.news);
    else this.#pending.settle(message.id, message.result);
  }

  #died(why: string): void {
    const death = new ShmscopeError('worker-died', `The capture's ${this.#role} thread has ended: ${why}.`);
    this.#death = death;
    if (!this.#ending) logInfo(death.message);
    this.#pending.failAll(death.failure);
    this.#exited.resolve();
    if (!this.#ending) this.#listeners.onDeath?.(death);
  }
}
