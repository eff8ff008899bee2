import { Worker } from 'node:worker_threads';
import type { ChannelDetails, Discovery, DiscoveryQuery } from '../../shared/discovery.ts';
import { ShmscopeError } from '../../shared/failure.ts';
import type { LensView } from '../../shared/lens.ts';
import { PendingCalls } from '../../shared/pending-calls.ts';
import { logError } from '../log/program-log.ts';
import type { Answer, Question } from './protocol.ts';

/** Several windows that look at once share one answer: how old it may be, in ms. */
const FRESH_MS = 250;

interface Recent {
  readonly query: DiscoveryQuery;
  readonly at: number;
  readonly answer: Promise<Discovery>;
}

/**
 * Channels and their processes, found by a thread that starts with the first request. Without requests it does nothing.
 */
export class ChannelDiscovery {
  readonly #path: string | URL;
  readonly #pending = new PendingCalls();
  #worker: Worker | null = null;
  #recent: Recent | null = null;
  #ended: Promise<void> = Promise.resolve();
  #closed = false;

  /** @param path worker.ts of this folder, or its built file */
  constructor(path: string | URL) {
    this.#path = path;
  }

  /** Rejects with ShmscopeError `worker-died`, `closed`. */
  discover(query: DiscoveryQuery): Promise<Discovery> {
    const recent = this.#recent;
    if (recent && isSame(recent.query, query) && performance.now() - recent.at < FRESH_MS) return recent.answer;
    const answer = this.#ask({ ask: 'discover', query }) as Promise<Discovery>;
    this.#recent = { query, at: performance.now(), answer };
    return answer;
  }

  /** Rejects with ShmscopeError `no-such-section` too. */
  async details(section: string): Promise<ChannelDetails> {
    return (await this.#ask({ ask: 'details', section })) as ChannelDetails;
  }

  /** Of a section by its name. Rejects with a ShmscopeError that says why it can't be looked at, too. */
  async lens(name: string): Promise<LensView> {
    return (await this.#ask({ ask: 'lens', name })) as LensView;
  }

  /** Ends the thread and waits until it is gone. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#worker?.ref();
    this.#worker?.postMessage('end');
    await this.#ended;
  }

  #ask(question: OmitId<Question>): Promise<unknown> {
    if (this.#closed) return Promise.reject(new ShmscopeError('closed', 'Shmscope is closing.'));
    const worker = this.#worker ?? this.#start();
    worker.ref();
    const answer = this.#pending.call((id) => worker.postMessage({ id, ...question }));
    // A thread that waits for requests must not keep the process alive; one that is ending is waited for.
    return answer.finally(() => !this.#closed && worker.unref());
  }

  #start(): Worker {
    const worker = new Worker(this.#path, { name: 'discovery' });
    let reason: string | undefined;
    worker.on('message', ({ id, result }: Answer) => this.#pending.settle(id, result));
    worker.on('error', (error: unknown) => {
      logError('The thread that looks for channels died', error);
      reason = error instanceof Error ? error.message : String(error);
    });
    this.#ended = new Promise((resolve) => {
      worker.once('exit', (code) => {
        this.#worker = null;
        const message = `The thread that looks for channels has ended: ${reason ?? `exit code ${code}`}. Refresh to start another.`;
        this.#pending.failAll({ code: 'worker-died', message });
        resolve();
      });
    });
    this.#worker = worker;
    return worker;
  }
}

const isSame = (a: DiscoveryQuery, b: DiscoveryQuery) => a.all === b.all && a.processes === b.processes;

type OmitId<Q> = Q extends unknown ? Omit<Q, 'id'> : never;
