import { Worker } from 'node:worker_threads';
import { type Failure, failureToError, type Result, ShmscopeError } from '../../shared/failure.ts';
import type { JobSnapshot } from '../../shared/job.ts';
import { removeTemporary } from '../capture/store/temporary.ts';
import type { TaskResult } from '../capture/thread/task.ts';
import { logError, logInfo } from '../log/program-log.ts';
import type { FromJob, JobData, JobTask, ToJob } from './protocol.ts';

interface JobParts {
  readonly id: number;
  readonly title: string;
  readonly job: JobTask;
  /** worker.ts of this folder, or its built file. */
  readonly workerPath: string;
  /** The same for the capture's folder. */
  readonly captureWorker: string;
  /** ms that an import waits for its next chunk. */
  readonly idleMs: number;
  readonly onChange: () => void;
}

/** Everything read and written is short-lived: with more memory, V8 would only collect it later. */
const YOUNG_MB = 16;

/** One job and its thread, which ends by itself: terminating it inside SQLite could crash the process. */
export class Job {
  /** The thread is gone, and nothing unfinished is left. */
  readonly ended: Promise<void>;
  readonly #worker: Worker;
  readonly #parts: JobParts;
  readonly #cancelled = new Int32Array(new SharedArrayBuffer(4));
  #snapshot: JobSnapshot;
  #result: Result<TaskResult> | undefined;
  #chunk: PromiseWithResolvers<void> | undefined;
  /** No more chunks come. */
  #complete = false;
  /** Why it was stopped, if nobody asked for that. */
  #reason: Failure | undefined;
  #crash = '';
  #idle: NodeJS.Timeout | undefined;

  constructor(parts: JobParts) {
    this.#parts = parts;
    const { id, title, job, captureWorker } = parts;
    const [unit, total] = job.kind === 'export' ? (['records', 0] as const) : (['bytes', job.task.size] as const);
    this.#snapshot = {
      ...{ id, kind: job.kind, title, done: 0, total, unit, state: 'running', failure: null, file: null, note: null },
      ...{ startedAt: Date.now() * 1000, endedAt: null },
    };
    const workerData: JobData = { job, captureWorker, cancelled: this.#cancelled.buffer };
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
    this.#worker = new Worker(parts.workerPath, { workerData, resourceLimits, name: `${job.kind}-${id}` });
    this.#worker.on('message', (message: FromJob) => this.#take(message));
    this.#worker.on('error', (error: unknown) => {
      logError(`The thread of an ${job.kind} died`, error);
      this.#crash = error instanceof Error ? error.message : String(error);
    });
    this.ended = new Promise((resolve) => {
      this.#worker.once('exit', (code) => {
        this.#end(code);
        resolve();
      });
    });
    this.#awaitChunk();
  }

  get snapshot(): JobSnapshot {
    return this.#snapshot;
  }

  get running(): boolean {
    return this.#snapshot.state === 'running';
  }

  /** Asks the thread to clean up and end; it checks every few ms. */
  cancel(): void {
    if (!this.running) return;
    Atomics.store(this.#cancelled, 0, 1);
    this.#post('wake');
  }

  /** Settles when the bytes were taken. Rejects with what ended the job, or ShmscopeError `busy`. */
  async addChunk(chunk: Uint8Array): Promise<void> {
    this.#checkOpen();
    if (this.#chunk)
      throw new ShmscopeError('busy', 'The previous chunk is still being processed. Send one at a time.');
    clearTimeout(this.#idle);
    this.#chunk = Promise.withResolvers();
    this.#post({ chunk });
    await this.#chunk.promise;
  }

  addEnd(): void {
    this.#checkOpen();
    clearTimeout(this.#idle);
    this.#complete = true;
    this.#post('end');
  }

  #checkOpen(): void {
    const { kind, failure } = this.#snapshot;
    if (kind !== 'import') throw new ShmscopeError('invalid-argument', 'This job is an export and takes no bytes.');
    if (failure) throw failureToError(failure);
    if (!this.running || this.#complete)
      throw new ShmscopeError('closed', 'The import has ended and takes no more bytes.');
  }

  #post(message: ToJob): void {
    this.#worker.postMessage(message);
  }

  #take(message: FromJob): void {
    if (message === 'taken') this.#taken();
    else if ('result' in message) this.#result = message.result;
    else if ('begin' in message) this.#change(message.begin);
    else this.#change({ done: message.progress });
  }

  #taken(): void {
    this.#chunk?.resolve();
    this.#chunk = undefined;
    this.#awaitChunk();
  }

  #awaitChunk(): void {
    const { job, idleMs } = this.#parts;
    if (job.kind !== 'import' || !this.running) return;
    this.#idle = setTimeout(() => {
      this.#reason = {
        code: 'import-failed',
        message: `${job.task.name} wasn't imported: no data arrived for ${idleMs / 1000} s. Import it again and keep the window open.`,
      };
      this.cancel();
    }, idleMs);
  }

  #end(code: number): void {
    clearTimeout(this.#idle);
    const result = this.#result ?? { ok: false, failure: this.#death(code) };
    // A thread that died couldn't clean up.
    if (!this.#result) removeTemporary(this.#parts.job.task.temporary);
    const endedAt = Date.now() * 1000;
    const { total } = this.#snapshot;
    if (result.ok) this.#change({ state: 'done', done: total, ...result.value, endedAt });
    else if (result.failure.code === 'cancelled' && !this.#reason) this.#change({ state: 'cancelled', endedAt });
    else this.#change({ state: 'failed', failure: this.#reason ?? result.failure, endedAt });
    if (!result.ok) this.#chunk?.reject(failureToError(this.#reason ?? result.failure));
    this.#chunk = undefined;
  }

  #death(code: number): Failure {
    if (Atomics.load(this.#cancelled, 0) !== 0) return { code: 'cancelled', message: 'It was cancelled.' };
    const why = this.#crash || `exit code ${code}`;
    logInfo(`Job ${this.#parts.id}, ${this.#parts.job.kind}: its thread has ended: ${why}.`);
    return { code: 'worker-died', message: `The job's thread has ended: ${why}. Nothing was kept.` };
  }

  #change(change: Partial<JobSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    this.#parts.onChange();
  }
}
