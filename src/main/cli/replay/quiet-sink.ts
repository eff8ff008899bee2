import { once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { type PackedBatch, unpackBatch } from '../../../shared/batch-form.ts';
import type { RecordSink } from '../../session/registry.ts';

/** Accepts a session's records and keeps none. */
export class QuietSink implements RecordSink {
  /** Never settles: nothing can fail. */
  readonly failed = new Promise<never>(() => {});
  #committed = 0;
  #closed: Promise<unknown> = Promise.resolve();

  connect(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#closed = once(port1, 'close');
    port1.on('message', (batch: PackedBatch) => {
      this.#committed += unpackBatch(batch).records.length;
      port1.postMessage({ committed: this.#committed });
    });
    return port2;
  }

  committed(): number {
    return this.#committed;
  }

  async close(): Promise<void> {
    await this.#closed;
  }
}
