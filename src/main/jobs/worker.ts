import { on } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { type Result, toFailure } from '../../shared/failure.ts';
import { runExport } from '../capture/export/export.ts';
import { runImport } from '../capture/import/import.ts';
import { type TaskHost, type TaskResult, taskCancelled } from '../capture/thread/task.ts';
import { logInternalFailures } from '../log/watch.ts';
import type { FromJob, JobData, ToJob } from './protocol.ts';

/** A thread that does one job and ends. */
if (!parentPort) throw new Error('worker.ts must be started as a worker thread.');
const port = parentPort;
logInternalFailures();
const post = (message: FromJob) => port.postMessage(message);
const { job, captureWorker, cancelled } = workerData as JobData;
const flag = new Int32Array(cancelled);
const awake = new AbortController();
port.on('message', (message: ToJob) => message === 'wake' && awake.abort(taskCancelled()));

/** ms between two progress messages. */
const PROGRESS_INTERVAL = 50;
let reportedAt = 0;
const host: TaskHost = {
  begin: (title, total) => post({ begin: { title, total } }),
  progress: (done) => {
    const now = performance.now();
    if (now - reportedAt < PROGRESS_INTERVAL) return;
    reportedAt = now;
    post({ progress: done });
  },
  cancelled: () => Atomics.load(flag, 0) !== 0,
  signal: awake.signal,
};

const run = () =>
  job.kind === 'export' ? runExport(job.task, captureWorker, host) : runImport(job.task, chunks(), host);
post({ result: await settled(run()) });
port.close();

async function* chunks(): AsyncGenerator<Uint8Array> {
  for await (const [message] of on(port, 'message') as AsyncIterable<[ToJob]>) {
    if (message === 'end') return;
    yield message === 'wake' ? new Uint8Array() : message.chunk;
    if (message !== 'wake') post('taken');
  }
}

async function settled(task: Promise<TaskResult>): Promise<Result<TaskResult>> {
  try {
    return { ok: true, value: await task };
  } catch (error) {
    return { ok: false, failure: toFailure(error) };
  }
}
