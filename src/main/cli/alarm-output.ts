import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { type PackedBatch, unpackBatch } from '../../shared/batch-form.ts';
import type { Anomaly } from '../../shared/domain.ts';
import { isoMicros, jsonHead, jsonTail, type LoggedSession, safeJson } from '../../shared/json-record.ts';
import type { RecordBatch, RecordDraft } from '../../shared/log.ts';
import { directionOf } from '../../shared/session-kind.ts';
import { nameOnOneLine } from '../capture/export/visible.ts';
import type { RecordSink } from '../session/registry.ts';
import { OutputStream } from './output-stream.ts';

type Logged = { readonly id: number } & LoggedSession;

/** Anomalies of a channel as a whole; those of single messages can be many. */
const OF_CHANNEL: readonly (string | null | undefined)[] = ['event-crosstalk', 'layout-mismatch'] satisfies Anomaly[];
const isWorthTelling = ({ kind, code }: RecordDraft) =>
  kind === 'notice' || (kind === 'anomaly' && OF_CHANNEL.includes(code));

const tell = ({ section }: Logged, { detail }: RecordDraft) =>
  process.stderr.write(`shmscope: ${nameOnOneLine(section)}: ${nameOnOneLine(detail ?? '')}\n`);

/** The alarms of several sessions, a line each; everything else worth knowing goes to stderr. */
export class AlarmOutput implements RecordSink {
  readonly #asJson: boolean;
  readonly #fired = Promise.withResolvers<void>();
  readonly #out = new OutputStream('alarms');
  readonly #committed = new Map<number, number>();
  /** By session: the last record, if it is an error. If nothing follows it, the command ends with it. */
  readonly #errors = new Map<number, RecordDraft>();
  readonly #closed: Promise<unknown>[] = [];

  constructor(asJson: boolean) {
    this.#asJson = asJson;
  }

  /** Settles when the first alarm was written. */
  get fired(): Promise<void> {
    return this.#fired.promise;
  }

  /** Rejects if an alarm couldn't be written, with `PipeClosed` when nobody reads any more. */
  get failed(): Promise<never> {
    return this.#out.failed;
  }

  begin(out: Writable): void {
    this.#out.begin(out);
  }

  connect(session: Logged): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#closed.push(once(port1, 'close'));
    port1.on('message', (batch: PackedBatch) => this.#take(session, unpackBatch(batch), port1));
    return port2;
  }

  committed(session: number): number {
    return this.#committed.get(session) ?? 0;
  }

  /** Waits until everything is written. Rejects with what went wrong while writing. */
  async close(): Promise<void> {
    await Promise.all(this.#closed);
    await this.#out.close();
  }

  #take(session: Logged, { records }: RecordBatch, port: MessagePort): void {
    for (const record of records) {
      const error = this.#errors.get(session.id);
      if (error) tell(session, error);
      this.#errors.delete(session.id);
      if (record.kind === 'alarm') this.#out.write(this.#line(session, record), () => this.#fired.resolve());
      else if (record.kind === 'error') this.#errors.set(session.id, record);
      else if (isWorthTelling(record)) tell(session, record);
    }
    const committed = this.committed(session.id) + records.length;
    this.#committed.set(session.id, committed);
    port.postMessage({ committed });
  }

  #line({ section, role }: Logged, record: RecordDraft): string {
    if (!this.#asJson) {
      const times = record.count === 1 ? '' : ` (${record.count} times)`;
      return `${isoMicros(record.wall)} ${nameOnOneLine(`${section} ${record.detail}`)}${times}\n`;
    }
    const head = jsonHead({ ...record, direction: record.lane && directionOf(role, record.lane) });
    return `{"section":${safeJson(section)},${head}${jsonTail(record)}}\n`;
  }
}
