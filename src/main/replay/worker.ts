import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { toFailure } from '../../shared/failure.ts';
import type { FeedMessage } from '../../shared/replay/feed.ts';
import { CaptureFile } from '../capture/export/capture-file.ts';
import { feedChunks } from '../capture/replay/feeding.ts';
import { readRecording } from '../capture/replay/recording.ts';
import type { FeedTask } from '../capture/replay/task.ts';
import { logInternalFailures } from '../log/watch.ts';
import type { FromFeeder, ToFeeder } from './protocol.ts';

/**
 * A thread that reads what is replayed, ahead of the session that sends it, and ends when everything is read or it is
 * told to.
 */
if (!parentPort) throw new Error('worker.ts must be started as a worker thread.');
const host = parentPort;
/** Chunks read ahead. */
const AHEAD = 2;

logInternalFailures();
const stop = new AbortController();
const begin = Promise.withResolvers<MessagePort | 'end'>();
host.on('message', (message: ToFeeder) => {
  if (message === 'end') stop.abort();
  begin.resolve(message === 'end' ? 'end' : message.port);
});
const tell = (message: FromFeeder) => host.postMessage(message);

try {
  await run(workerData as FeedTask);
} catch (error) {
  tell({ failure: toFailure(error) });
} finally {
  host.close();
}

async function run(task: FeedTask): Promise<void> {
  const capture = new CaptureFile(task.file, task.captureWorker);
  try {
    const recording = await readRecording(capture, task, stop.signal);
    capture.hold();
    tell({ head: recording.head });
    const port = await begin.promise;
    if (port !== 'end') await feed(port, feedChunks(capture, task, recording), (error) => capture.explain(error));
  } catch (error) {
    throw capture.explain(error);
  } finally {
    await capture.close();
  }
}

/** Until everything is read, the session releases its port, or nobody wants it any more. */
async function feed(port: MessagePort, chunks: Iterator<FeedMessage>, explain: (error: unknown) => unknown) {
  const done = Promise.withResolvers<void>();
  const next = () => {
    const chunk = chunkOf(chunks, explain);
    port.postMessage(chunk, 'payload' in chunk ? [chunk.payload.buffer] : []);
    if ('failure' in chunk || chunk.isLast) done.resolve();
  };
  port.on('message', next);
  port.on('close', done.resolve);
  stop.signal.addEventListener('abort', () => done.resolve());
  for (let ahead = 0; ahead < AHEAD; ahead++) next();
  await done.promise;
  // What it hasn't taken yet is still there.
  port.off('message', next);
  port.unref();
}

function chunkOf(chunks: Iterator<FeedMessage>, explain: (error: unknown) => unknown): FeedMessage {
  try {
    const { value, done } = chunks.next();
    return done ? { items: [], payload: new Uint8Array(), isLast: true } : value;
  } catch (error) {
    return { failure: toFailure(explain(error)) };
  }
}
