import type { ImportOptions } from '../../../shared/export.ts';
import { stopIfCancelled, type TaskHost, type TaskPlace, type TaskResult } from '../thread/task.ts';
import { LogFile } from './log-file.ts';

export interface ImportTask extends ImportOptions, TaskPlace {}

/**
 * Writes Shmscope's JSON Lines, as they arrive, to a new capture of the folder, or leaves nothing. Throws ShmscopeError
 * `cancelled`, `import-invalid` with the line and what is wrong with it, `import-failed` for the disk.
 */
export async function runImport(
  task: ImportTask,
  chunks: AsyncIterable<Uint8Array>,
  host: TaskHost,
): Promise<TaskResult> {
  const reader = new LogFile(task);
  try {
    host.begin(`Import of ${task.name}`, task.size);
    let done = 0;
    for await (const chunk of chunks) {
      stopIfCancelled(host);
      done += chunk.byteLength;
      if (done > task.size) throw reader.invalid(`it is larger than the announced ${task.size} bytes`);
      reader.take(chunk);
      host.progress(done);
    }
    if (done < task.size) throw reader.invalid(`it ended after ${done} of ${task.size} bytes`);
    return reader.finish();
  } catch (error) {
    reader.discard();
    throw error;
  }
}
