/** A session worker that dies when a message tells it to: on `die` its thread ends, without a chance to clean up. */
import { MessagePort } from 'node:worker_threads';
import type { PackedBatch } from '../../shared/batch-form.ts';

const post = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (this: MessagePort, ...args: Parameters<typeof post>) {
  const { payload } = args[0] as Partial<PackedBatch>;
  const dies = payload && Buffer.from(payload).includes('die');
  post.apply(this, args);
  if (dies) process.exit(7);
};

await import('./worker.ts');
