import type { Result } from '../../shared/failure.ts';
import type { ExportTask } from '../capture/export/export.ts';
import type { ImportTask } from '../capture/import/import.ts';
import type { TaskResult } from '../capture/thread/task.ts';

export type JobTask =
  | { readonly kind: 'export'; readonly task: ExportTask }
  | { readonly kind: 'import'; readonly task: ImportTask };

/** What a job's thread is started with. */
export interface JobData {
  readonly job: JobTask;
  /** worker.ts of the capture, or its built file. */
  readonly captureWorker: string;
  /** One Int32; not 0 when the job should stop. A message would wait until the thread has time for it. */
  readonly cancelled: SharedArrayBuffer;
}

/** To a job that imports: the next bytes, the end of them, or a hint to check `cancelled`. */
export type ToJob = { readonly chunk: Uint8Array } | 'end' | 'wake';

export type FromJob =
  | { readonly begin: { readonly title: string; readonly total: number } }
  | { readonly progress: number }
  /** The chunk was taken: the next one can come. */
  | 'taken'
  /** The last message. */
  | { readonly result: Result<TaskResult> };
