import { ShmscopeError } from '../../../shared/failure.ts';
import type { SessionTypes } from '../../../shared/types/compiled/compiled.ts';
import { WorkerLink } from '../thread/worker-link.ts';
import type { ReaderCalls } from './calls.ts';

/** A request about one session. */
export type Question = Exclude<keyof ReaderCalls, 'open' | 'openClosed' | 'close'>;
export type QueryOf<N extends Question> = Parameters<ReaderCalls[N]>[0];
export type AnswerTo<N extends Question> = Awaited<ReturnType<ReaderCalls[N]>>;

/** The reader thread of one capture file: started by the first request, and again by the next one after it died. */
export class ReadLink {
  readonly #workerPath: string;
  readonly #file: () => string;
  #reader: Promise<WorkerLink<ReaderCalls>> | undefined;
  /** For a thread that is started again. */
  readonly #types = new Map<number, SessionTypes>();
  #closed = false;

  constructor(workerPath: string, file: () => string) {
    this.#workerPath = workerPath;
    this.#file = file;
  }

  /** Rejects with the reader's ShmscopeError, `worker-died` or `closed`. */
  async ask<N extends Question>(name: N, query: QueryOf<N>): Promise<AnswerTo<N>> {
    if (this.#closed) throw new ShmscopeError('closed', 'The capture is closed.');
    if (name === 'bindTypes') this.#types.set(query.session, query as SessionTypes);
    this.#reader ??= this.#start();
    return (await this.#reader).call(name, query);
  }

  /** Ends the thread after it has answered its earlier requests. */
  async close(): Promise<void> {
    this.#closed = true;
    const reader = await this.#reader?.catch(() => undefined);
    await reader?.end();
  }

  async #start(): Promise<WorkerLink<ReaderCalls>> {
    const forget = () => {
      this.#reader = undefined;
    };
    const reader = new WorkerLink<ReaderCalls>(this.#workerPath, { role: 'reader' }, { onDeath: forget });
    try {
      await reader.call('open', this.#file());
      for (const types of this.#types.values()) reader.call('bindTypes', types).catch(() => {});
      return reader;
    } catch (error) {
      forget();
      await reader.end();
      throw error;
    }
  }
}
