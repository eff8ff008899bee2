import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { type PackedBatch, unpackBatch } from '../../shared/batch-form.ts';
import { headLine, type LoggedSession } from '../../shared/json-record.ts';
import type { RecordBatch, RecordDraft } from '../../shared/log.ts';
import type { EncodingChoice } from '../../shared/text/encodings.ts';
import type { RecordSink } from '../session/registry.ts';
import { jsonLine } from './json-line.ts';
import { OutputStream } from './output-stream.ts';
import type { FieldsOf } from './type-options.ts';

/**
 * The records of one session as JSON lines. What comes before {@link begin} waits for it. A file begins with the line
 * that describes the session; on stdout the record that opens the session does, so that each line there is a record.
 */
export class RecordOutput implements RecordSink {
  readonly #readAs: EncodingChoice;
  readonly #fieldsOf: FieldsOf | undefined;
  readonly #isLast: (record: RecordDraft) => boolean;
  #isFull = false;
  readonly #listeners = new Set<(record: RecordDraft) => void>();
  readonly #started = Promise.withResolvers<Writable>();
  readonly #stream = new OutputStream('records');
  #out: Writable | undefined;
  #session: LoggedSession | undefined;
  #drained = Promise.resolve();
  #committed = 0;

  /**
   * @param readAs how payloads are read
   * @param fieldsOf the fields of messages whose type is known
   * @param isLast the record after which nothing is wanted except how it ended
   */
  constructor(
    readAs: EncodingChoice,
    fieldsOf?: FieldsOf | undefined,
    isLast: (record: RecordDraft) => boolean = () => false,
  ) {
    this.#readAs = readAs;
    this.#fieldsOf = fieldsOf;
    this.#isLast = isLast;
  }

  /** Rejects if a record couldn't be written, with `PipeClosed` when nobody reads any more; never settles otherwise. */
  get failed(): Promise<never> {
    return this.#stream.failed;
  }

  begin(out: Writable): void {
    this.#out = out;
    this.#stream.begin(out);
    if (out !== process.stdout && this.#session) out.write(headLine(this.#session));
    this.#started.resolve(out);
  }

  connect(session: LoggedSession): MessagePort {
    this.#session = session;
    const { port1, port2 } = new MessageChannel();
    const closed = once(port1, 'close');
    this.#drained = closed.then(() => {});
    port1.on('message', (batch: PackedBatch) => this.#take(session, unpackBatch(batch), port1));
    return port2;
  }

  committed(): number {
    return this.#committed;
  }

  /** Resolves when the session has handed over its last record. */
  get drained(): Promise<void> {
    return this.#drained;
  }

  /** Called for each record after it was written. Returns an unsubscribe function. */
  onRecord(listener: (record: RecordDraft) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Waits until everything is written. Rejects with what went wrong while writing. */
  async close(): Promise<void> {
    await this.#drained;
    await this.#stream.close();
  }

  async #take(session: LoggedSession, { records, payload }: RecordBatch, port: MessagePort): Promise<void> {
    const out = this.#out ?? (await this.#started.promise);
    const form = { readAs: this.#readAs, tellsSession: out === process.stdout, fieldsOf: this.#fieldsOf };
    const wanted = records.filter((record) => this.#isWanted(record));
    const text = wanted.map((record) => `${jsonLine(record, payload, session, form)}\n`).join('');
    const { promise, resolve } = Promise.withResolvers<void>();
    out.write(text, () => resolve());
    this.#committed += records.length;
    for (const record of wanted) for (const listener of this.#listeners) listener(record);
    await promise;
    port.postMessage({ committed: this.#committed });
  }

  #isWanted(record: RecordDraft): boolean {
    if (this.#isFull) return record.kind === 'closed' || record.kind === 'error';
    this.#isFull = this.#isLast(record);
    return true;
  }
}
