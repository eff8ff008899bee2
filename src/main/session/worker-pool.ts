import type { MessagePort } from 'node:worker_threads';
import { Worker } from 'node:worker_threads';
import type { Assignment } from './protocol.ts';

/** Idle workers kept for the next session, so that opening one does not wait for a thread to start. */
const SPARE = 1;

/** Endpoint workers, used again and again: see worker.ts. */
export class WorkerPool {
  readonly #path: string | URL;
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  #closed = false;

  constructor(path: string | URL) {
    this.#path = path;
    this.#refill();
  }

  /** Hands a session to a worker; `onDeath` hears the reason if the worker ends on its own before {@link release}. */
  assign(assignment: Assignment, ports: readonly MessagePort[], onDeath: (reason: string) => void): Worker {
    const worker = this.#idle.pop() ?? this.#spawn();
    let reason: string | null = null;
    worker.once('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    worker.once('exit', (code) => onDeath(reason ?? `it ended with code ${code}`));
    worker.postMessage(assignment, [...ports]);
    this.#refill();
    return worker;
  }

  /** Takes a worker back whose session has ended. */
  release(worker: Worker): void {
    if (!this.#all.has(worker)) return;
    worker.removeAllListeners('error');
    worker.removeAllListeners('exit');
    this.#keep(worker);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }

  #refill(): void {
    while (!this.#closed && this.#idle.length < SPARE) this.#keep(this.#spawn());
  }

  #spawn(): Worker {
    const worker = new Worker(this.#path);
    this.#all.add(worker);
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
    worker.once('error', forget);
    worker.once('exit', forget);
    this.#idle.push(worker);
  }
}
