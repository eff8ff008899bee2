import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { RecordBatch, RecordDraft } from '../../shared/log.ts';
import type { RecordSink } from '../session/registry.ts';
import { jsonLine } from './json-line.ts';

/** The records of one session as JSON lines, on stdout or in a file. */
export class RecordOutput implements RecordSink {
  readonly #out: Writable;
  readonly #listeners = new Set<(record: RecordDraft) => void>();
  /** Rejects when a record could not be written; never settles otherwise. */
  readonly failed: Promise<never>;
  #drained = Promise.resolve();
  #committed = 0;
  #error: Error | undefined;

  private constructor(out: Writable) {
    this.#out = out;
    const { promise, reject } = Promise.withResolvers<never>();
    this.failed = promise;
    promise.catch(() => {});
    out.on('error', ({ message }) => {
      this.#error ??= new Error(`The records could not be written: ${message}`);
      reject(this.#error);
    });
  }

  /** Opens `file`, or takes stdout. Rejects where the file can't be written. */
  static async open(file: string | undefined): Promise<RecordOutput> {
    if (file === undefined) return new RecordOutput(process.stdout);
    const out = createWriteStream(file, { mode: 0o600 });
    await once(out, 'open').catch((error: Error) => {
      throw new Error(`The output "${file}" can't be written: ${error.message}`);
    });
    return new RecordOutput(out);
  }

  connect(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    const closed = once(port1, 'close');
    this.#drained = closed.then(() => {});
    port1.on('message', (batch: RecordBatch) => this.#take(batch, port1));
    return port2;
  }

  committed(): number {
    return this.#committed;
  }

  /** Calls for each record, after it was written. Returns its own undo. */
  onRecord(listener: (record: RecordDraft) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Waits until all is written. Rejects with what went wrong while writing. */
  async close(): Promise<void> {
    await this.#drained;
    if (this.#out !== process.stdout) {
      this.#out.end();
      // What went wrong is kept by the listener above.
      await finished(this.#out).catch(() => {});
    }
    if (this.#error) throw this.#error;
  }

  async #take({ records, payload }: RecordBatch, port: MessagePort): Promise<void> {
    const text = records.map((record) => `${jsonLine(record, payload)}\n`).join('');
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#out.write(text, () => resolve());
    this.#committed += records.length;
    for (const record of records) for (const listener of this.#listeners) listener(record);
    await promise;
    port.postMessage({ committed: this.#committed });
  }
}
