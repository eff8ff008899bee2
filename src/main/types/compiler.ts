import { Worker } from 'node:worker_threads';
import { ShmscopeError } from '../../shared/failure.ts';
import { PendingCalls } from '../../shared/pending-calls.ts';
import type { ReadTypeFiles } from '../../shared/type-files.ts';
import { logError } from '../log/program-log.ts';
import type { TypesAnswer, TypesQuestion } from './protocol.ts';

/** ms after which reading is given up: within its limits it takes far less. */
const LIMIT_MS = 10_000;

/**
 * Reads declarations on a thread that starts with the first request and then stays: it uses WebAssembly
 * (docs/threads.md).
 */
export class TypesCompiler {
  readonly #path: string | URL;
  readonly #limitMs: number;
  readonly #pending = new PendingCalls();
  #worker: Worker | null = null;
  #ended: Promise<void> = Promise.resolve();
  #closed = false;

  /** @param path worker.ts of this folder, or its built file, which starts far faster */
  constructor(path: string | URL, limitMs = LIMIT_MS) {
    this.#path = path;
    this.#limitMs = limitMs;
  }

  /** Rejects with ShmscopeError `types-failed`, `closed`. */
  async read(question: Omit<TypesQuestion, 'id'>): Promise<ReadTypeFiles> {
    if (this.#closed) throw new ShmscopeError('closed', 'Shmscope is closing.');
    const worker = this.#worker ?? this.#start();
    // A thread that waits for requests must not keep the process alive.
    worker.ref();
    const limit = setTimeout(() => void worker.terminate(), this.#limitMs);
    try {
      return (await this.#pending.call((id) => worker.postMessage({ id, ...question }))) as ReadTypeFiles;
    } finally {
      clearTimeout(limit);
      worker.unref();
    }
  }

  /** Ends the thread and waits until it is gone. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#worker?.ref();
    this.#worker?.postMessage('end');
    await this.#ended;
  }

  #start(): Worker {
    const worker = new Worker(this.#path, { name: 'types' });
    worker.on('message', ({ id, result }: TypesAnswer) => this.#pending.settle(id, result));
    worker.on('error', (error: unknown) => logError('The thread that reads declared types died', error));
    this.#ended = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#worker = null;
        const message =
          'The declarations could not be read: they took too long or too much memory. Take out what the messages don’t need.';
        this.#pending.failAll({ code: 'types-failed', message });
        resolve();
      });
    });
    this.#worker = worker;
    return worker;
  }
}
