import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import { failureToError, ShmscopeError } from '../../shared/failure.ts';
import type { FeedHead } from '../../shared/replay/feed.ts';
import type { CompiledTypes } from '../../shared/types/compiled/compiled.ts';
import type { FeedTask } from '../capture/replay/task.ts';
import { logError } from '../log/program-log.ts';
import type { Session } from '../session/session.ts';
import type { FromFeeder } from './protocol.ts';

/** A recording that was found usable, and the thread that reads it. */
export interface PreparedReplay {
  readonly head: FeedHead;
  /**
   * Starts on an open end, whose snapshot shows the progress. Rejects with `payload-too-large`, `busy`, `closed`.
   * @param types to compare replies with; omitted: those stored in the capture
   */
  readonly start: (session: Session, types?: CompiledTypes) => Promise<void>;
  readonly cancel: () => void;
}

/** Replays captures on open ends: a thread reads the capture ahead of the session's thread, which sends. */
export class Replayer {
  readonly #workerPath: string | URL;
  readonly #threads = new Set<Worker>();

  /** @param workerPath worker.ts of this folder, or its built file */
  constructor(workerPath: string | URL) {
    this.#workerPath = workerPath;
  }

  /** Rejects with why the capture can't be used: see readRecording and openForReading. */
  async prepare(task: FeedTask): Promise<PreparedReplay> {
    const worker = new Worker(this.#workerPath, { workerData: task, name: 'replay' });
    this.#threads.add(worker);
    worker.once('exit', () => this.#threads.delete(worker));
    worker.on('error', (error: unknown) => logError('The thread that reads the recording died', error));
    const head = await headOf(worker);
    const cancel = () => worker.postMessage('end');
    const start = async (session: Session, types?: CompiledTypes) => {
      const { port1, port2 } = new MessageChannel();
      const command = { plan: task.plan, head, feed: port2, types: types ?? head.types };
      worker.postMessage({ port: port1 }, [port1]);
      worker.on('error', () => void session.call({ type: 'stopReplay', failure: died().failure }).catch(() => {}));
      try {
        await session.call({ type: 'startReplay', ...command }, [port2]);
      } catch (error) {
        cancel();
        throw error;
      }
    };
    return { head, start, cancel };
  }

  /** Ends all threads; close the sessions first. */
  async close(): Promise<void> {
    await Promise.all(
      [...this.#threads].map((worker) => {
        worker.postMessage('end');
        return once(worker, 'exit');
      }),
    );
  }
}

function headOf(worker: Worker): Promise<FeedHead> {
  return new Promise((resolve, reject) => {
    worker.once('message', (message: FromFeeder) => {
      if ('head' in message) resolve(message.head);
      else reject(failureToError(message.failure));
    });
    worker.once('exit', () => reject(died()));
  });
}

const died = () =>
  new ShmscopeError('worker-died', 'The thread that reads the recording ended unexpectedly. Start the replay again.');
