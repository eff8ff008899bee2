import path from 'node:path';
import type { ExportOptions, ImportOptions } from '../../shared/export.ts';
import { ShmscopeError } from '../../shared/failure.ts';
import type { JobSnapshot } from '../../shared/job.ts';
import { type CompiledTypes, NO_TYPES } from '../../shared/types/compiled/compiled.ts';
import { removeLeftovers, temporaryFile } from '../capture/store/temporary.ts';
import { Job } from './job.ts';
import type { JobTask } from './protocol.ts';

/** Each has a thread of its own. */
const MAX_RUNNING = 4;
/** The most jobs on the list; of those that have ended, the oldest is dropped first. */
const MAX_LISTED = 50;
/** ms that an import waits for its next chunk: a closed page sends none. */
const IDLE_MS = 60_000;

export interface JobFolders {
  readonly exports: string;
  readonly captures: string;
}

/** The long tasks of this process, each on a thread of its own, so that none holds up the window or the capture. */
export class JobRegistry {
  readonly #workerPath: string;
  readonly #captureWorker: string;
  readonly #folders: JobFolders;
  readonly #idleMs: number;
  readonly #onChange: () => void;
  readonly #jobs = new Map<number, Job>();
  #lastId = 0;
  #closing = false;

  /** Removes what killed jobs have left. */
  constructor(parts: {
    workerPath: string;
    captureWorker: string;
    folders: JobFolders;
    idleMs?: number;
    onChange: () => void;
  }) {
    this.#workerPath = parts.workerPath;
    this.#captureWorker = parts.captureWorker;
    this.#folders = parts.folders;
    this.#idleMs = parts.idleMs ?? IDLE_MS;
    this.#onChange = parts.onChange;
    for (const folder of Object.values(parts.folders)) removeLeftovers(folder);
  }

  /** Exports records of `capture`, a capture file, read as `types`. Throws ShmscopeError `busy`, `closed`. */
  startExport(capture: string, options: ExportOptions, types: CompiledTypes = NO_TYPES): JobSnapshot {
    const task = { ...options, ...this.#place(this.#folders.exports), capture, types };
    return this.#start('Export', { kind: 'export', task });
  }

  /** Throws ShmscopeError `busy`, `closed`. */
  startImport(options: ImportOptions): JobSnapshot {
    const task = { ...options, ...this.#place(this.#folders.captures) };
    return this.#start(`Import of ${options.name}`, { kind: 'import', task });
  }

  /** Throws ShmscopeError `no-such-job`. */
  get(id: number): Job {
    const job = this.#jobs.get(id);
    if (job) return job;
    throw new ShmscopeError('no-such-job', `There is no job ${id}. It may have been dismissed in another window.`);
  }

  /**
   * The finished file of a job. Throws ShmscopeError `no-such-job`, `busy` while there is none, or what the job failed
   * with.
   */
  fileOf(id: number): string {
    const { file, title } = this.get(id).snapshot;
    if (file !== null) return file;
    throw new ShmscopeError('busy', `${title}: there is no file.`);
  }

  /** Throws ShmscopeError `no-such-job`, `busy` while it runs. */
  dismiss(id: number): void {
    if (this.get(id).running) throw new ShmscopeError('busy', 'The job is still running. Cancel it first.');
    this.#jobs.delete(id);
    this.#onChange();
  }

  snapshots(): JobSnapshot[] {
    return [...this.#jobs.values()].map((job) => job.snapshot);
  }

  /** Cancels what runs, and waits until it is gone. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const job of this.#jobs.values()) job.cancel();
    await Promise.all([...this.#jobs.values()].map((job) => job.ended));
  }

  #place(folder: string) {
    return { folder: path.resolve(folder), temporary: temporaryFile(path.resolve(folder)) };
  }

  #start(title: string, task: JobTask): JobSnapshot {
    if (this.#closing) throw new ShmscopeError('closed', 'Shmscope is closing.');
    const running = [...this.#jobs.values()].filter((job) => job.running).length;
    if (running >= MAX_RUNNING)
      throw new ShmscopeError(
        'busy',
        `${MAX_RUNNING} exports and imports are running, which is the maximum. Wait for one or cancel it.`,
      );
    const id = ++this.#lastId;
    const job = new Job({
      id,
      title,
      job: task,
      workerPath: this.#workerPath,
      captureWorker: this.#captureWorker,
      idleMs: this.#idleMs,
      onChange: this.#onChange,
    });
    this.#jobs.set(id, job);
    this.#forgetOldest();
    this.#onChange();
    return job.snapshot;
  }

  #forgetOldest(): void {
    for (const [id, job] of this.#jobs) {
      if (this.#jobs.size <= MAX_LISTED) return;
      if (!job.running) this.#jobs.delete(id);
    }
  }
}
