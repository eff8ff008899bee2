import { ShmscopeError } from '../../../shared/failure.ts';

/** Whoever runs a long task on a capture: receives its progress and can stop it. */
export interface TaskHost {
  /** Called before anything is written: how much is done, out of how much. */
  readonly begin: (title: string, total: number) => void;
  /** Never decreases. */
  readonly progress: (done: number) => void;
  readonly cancelled: () => boolean;
  /** Aborted soon after `cancelled`, for whatever waits; its reason is the ShmscopeError `cancelled`. */
  readonly signal: AbortSignal;
}

/** What a task leaves behind. */
export interface TaskResult {
  readonly file: string;
  /** What to tell the user about the file, if anything. */
  readonly note: string | null;
}

/** Where a task's file goes. */
export interface TaskPlace {
  /** The folder of the finished file; created if needed. */
  readonly folder: string;
  /** The file while it is being written, on the same disk. */
  readonly temporary: string;
}

/** Throws ShmscopeError `cancelled` when the host wants the task to stop. */
export function stopIfCancelled({ cancelled }: TaskHost): void {
  if (cancelled()) throw taskCancelled();
}

export const taskCancelled = () => new ShmscopeError('cancelled', 'It was cancelled; nothing of it was left.');
