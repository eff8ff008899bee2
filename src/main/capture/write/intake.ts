import { ShmscopeError } from '../../../shared/failure.ts';
import type { RecordBatch, RecordDraft } from '../../../shared/log.ts';
import type { CapturedSession } from '../store/captured-session.ts';
import { KIND_CODES, LANE_CODES } from '../store/codes.ts';
import type { Group } from './journal.ts';

/** The approximate maximum of one transaction, so that acknowledgements keep coming while a backlog is written. */
const GROUP_RECORDS = 8192;
const GROUP_BYTES = 16 * 1024 * 1024;

type Item = { readonly session: CapturedSession } | { readonly batch: RecordBatch };

/** What waits to be committed, in order of arrival. */
export class Intake {
  #items: Item[] = [];
  /** Next record number by session. */
  readonly #next = new Map<number, number>();
  #records = 0;

  /** Waiting records. */
  get records(): number {
    return this.#records;
  }

  get empty(): boolean {
    return this.#items.length === 0;
  }

  /** Enough records for a transaction are waiting. */
  get full(): boolean {
    return this.#records >= GROUP_RECORDS;
  }

  addSession(session: CapturedSession): void {
    this.#next.set(session.id, 0);
    this.#items.push({ session });
  }

  /** Accepts the batch; throws `internal` if it is invalid or doesn't follow the session's last one. */
  addBatch(session: number, batch: RecordBatch): void {
    const next = this.#next.get(session) ?? 0;
    check(session, next, batch);
    if (batch.records.length === 0 && !batch.reads?.length) return;
    this.#next.set(session, next + batch.records.length);
    this.#records += batch.records.length;
    this.#items.push({ batch });
  }

  /** Takes out what the next transaction writes: at least one item if any is waiting. */
  take(): Group {
    const sessions: CapturedSession[] = [];
    const batches: RecordBatch[] = [];
    let taken = 0;
    for (let records = 0, bytes = 0; taken < this.#items.length; taken++) {
      if (records >= GROUP_RECORDS || bytes >= GROUP_BYTES) break;
      const item = this.#items[taken] as Item;
      if ('session' in item) {
        sessions.push(item.session);
        continue;
      }
      batches.push(item.batch);
      records += item.batch.records.length;
      bytes += item.batch.payload.byteLength;
    }
    this.#items = this.#items.slice(taken);
    this.#records -= recordsOf(batches);
    return { sessions, batches };
  }
}

export const recordsOf = (batches: readonly RecordBatch[]): number =>
  batches.reduce((sum, batch) => sum + batch.records.length, 0);

function check(session: number, next: number, batch: RecordBatch): void {
  if (batch.session !== session) throw broken(session, `a batch of session ${batch.session} came through its port`);
  let expected = next;
  for (const record of batch.records) {
    if (record.seq !== expected) throw broken(session, `record ${expected} was expected and record ${record.seq} came`);
    const fault = faultOf(record, batch.payload.byteLength);
    if (fault) throw broken(session, `record ${record.seq} ${fault}`);
    expected++;
  }
  for (const { seq, mono, unreadMicros } of batch.reads ?? []) {
    if (!count(seq) || seq >= next || !Number.isSafeInteger(mono) || !count(unreadMicros))
      throw broken(session, `the read of record ${seq} is invalid`);
  }
}

const count = (n: number) => Number.isSafeInteger(n) && n >= 0;

function faultOf(record: RecordDraft, bytes: number): string | undefined {
  if (!Object.hasOwn(KIND_CODES, record.kind)) return `is of the unknown kind ${record.kind}`;
  if (record.lane !== null && !Object.hasOwn(LANE_CODES, record.lane)) return `has the unknown lane ${record.lane}`;
  if (!Number.isSafeInteger(record.wall) || !Number.isSafeInteger(record.mono))
    return 'has a time that is not a whole number of microseconds';
  if (record.unreadMicros != null && !count(record.unreadMicros))
    return 'has an unread time that is not a whole number of microseconds';
  if (!count(record.count) || record.count === 0) return `happened ${record.count} times`;
  if (!count(record.size) || !count(record.offset) || record.offset + record.size > bytes)
    return `claims ${record.size} bytes at ${record.offset} of a payload of ${bytes}`;
  return undefined;
}

function broken(session: number, what: string): ShmscopeError {
  return new ShmscopeError(
    'internal',
    `The log of session ${session} stopped: ${what}. The records up to there are kept; close the session and open it again.`,
  );
}
