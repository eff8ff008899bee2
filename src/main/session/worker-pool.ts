import type { MessagePort } from 'node:worker_threads';
import { Worker } from 'node:worker_threads';
import { logError } from '../log/program-log.ts';
import type { Assignment } from './protocol.ts';

/** Idle workers started ahead for the next session, so that opening one need not wait for a thread to start. */
const SPARE = 1;

/** Session workers, used again and again: see worker.ts. */
export class WorkerPool {
  readonly #path: string | URL;
  readonly #spare: number;
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  /** Threads that are loading, until they have finished or are gone. */
  readonly #loading = new Map<Worker, Promise<unknown>>();
  #closed = false;

  constructor(path: string | URL, spare = SPARE) {
    this.#path = path;
    this.#spare = spare;
    this.#refill(spare);
  }

  /** Hands a session to a worker; `onDeath` gets the reason if the worker ends on its own before {@link release}. */
  assign(assignment: Assignment, ports: readonly MessagePort[], onDeath: (reason: string) => void): Worker {
    const worker = this.#take();
    let reason: string | null = null;
    worker.once('error', (error) => {
      logError("A session's thread died", error);
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.once('exit', (code) => onDeath(reason ?? `it ended with code ${code}`));
    worker.postMessage(assignment, [...ports]);
    // If one is wanted before it has loaded, more will be, and two load in the time of one if there are two cores.
    this.#refill(this.#loading.has(worker) ? 2 * this.#spare : this.#spare);
    return worker;
  }

  /** Takes back a worker whose session has ended. */
  release(worker: Worker): void {
    if (!this.#all.has(worker)) return;
    worker.removeAllListeners('error');
    worker.removeAllListeners('exit');
    this.#keep(worker);
  }

  async close(): Promise<void> {
    this.#closed = true;
    // Terminating a thread while it loads native code crashes the process.
    for (const worker of this.#loading.keys()) worker.ref();
    await Promise.all(this.#loading.values());
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }

  /** A thread that has loaded, else the one that will be first. */
  #take(): Worker {
    const loaded = this.#idle.findLastIndex((worker) => !this.#loading.has(worker));
    return this.#idle.splice(Math.max(loaded, 0), 1)[0] ?? this.#spawn();
  }

  #refill(spare: number): void {
    while (!this.#closed && this.#idle.length < spare) this.#keep(this.#spawn());
  }

  #spawn(): Worker {
    const worker = new Worker(this.#path);
    this.#all.add(worker);
    const loaded = new Promise((resolve) => worker.once('message', resolve).once('exit', resolve));
    this.#loading.set(
      worker,
      loaded.then(() => this.#loading.delete(worker)),
    );
    // A thread that waits for work must not keep the process alive.
    worker.unref();
    return worker;
  }

  #keep(worker: Worker): void {
    const forget = () => {
      this.#all.delete(worker);
      const at = this.#idle.indexOf(worker);
      if (at >= 0) this.#idle.splice(at, 1);
    };
    // Without a listener an error in an idle worker would end the app.
    worker.once('error', (error) => {
      logError('A spare thread for sessions died', error);
      forget();
    });
    worker.once('exit', forget);
    this.#idle.push(worker);
  }
}
