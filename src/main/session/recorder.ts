import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { WatchedRecord } from '../../shared/alarm/sensors/sensor.ts';
import { BatchPacker, buffersOf } from '../../shared/batch-form.ts';
import { failureToError } from '../../shared/failure.ts';
import type { CommitReply, LateRead } from '../../shared/log.ts';
import { Clock, type Instant } from './clock.ts';
import { PayloadBuffer } from './payload-buffer.ts';
import type { RecordContent } from './record-content.ts';
import { type Repeated, Repeats } from './repeats.ts';
import { Tally } from './tally.ts';

/** A batch goes out when it has this many records or bytes, or when its first record is this old (ms). */
const BATCH_RECORDS = 1024;
const BATCH_BYTES = 256 * 1024;
const BATCH_AGE_MS = 15;
/** What a record weighs besides its payload. */
const RECORD_BYTES = 256;
/** Bytes on their way to the capture beyond which an endpoint accepts no more. */
const MAX_UNCOMMITTED = 32 * 1024 * 1024;

/** Called with every record as it is made. */
export interface RecordObserver {
  /** The caller may reuse `bytes` afterwards. */
  record(record: WatchedRecord, bytes: Uint8Array | undefined): void;
  /** ms until {@link look} has something to do; Infinity if it hasn't. */
  dueIn(): number;
  look(): void;
  /** Nothing comes after the next record. */
  finish(): void;
}

/** Called with every record as it is made; the caller may reuse `bytes` afterwards. */
export interface RecordFollower {
  record(record: WatchedRecord, bytes: Uint8Array | undefined): void;
}

/** Stamps and numbers records and hands them to the capture in batches; knows how far the capture has got. */
export class Recorder {
  readonly tally = new Tally();
  /** Serviced together with the records, until the last of them. */
  observer: RecordObserver | null = null;
  follower: RecordFollower | null = null;
  readonly #session: number;
  readonly #port: MessagePort;
  readonly #clock: Clock;
  readonly #records = new BatchPacker(BATCH_RECORDS);
  #reads: LateRead[] = [];
  readonly #payloads = new PayloadBuffer(BATCH_BYTES);
  readonly #repeats = new Repeats();
  #firstAt = 0;
  /** Of the last record. */
  #lastMono = 0;
  #next = 0;
  #uncommitted = 0;
  /** Batches that aren't committed: the record after their last one, and their weight. */
  readonly #inFlight: { end: number; weight: number }[] = [];

  /** `began`: see {@link Clock}. */
  constructor(session: number, port: MessagePort, began?: number) {
    this.#clock = new Clock(began);
    this.#session = session;
    this.#port = port;
  }

  /** Records so far. */
  get count(): number {
    return this.#next;
  }

  now(): Instant {
    return this.#clock.now();
  }

  /**
   * For a record of something seen a while ago, at `ms` of performance.now() on this thread. Not before the last
   * record, so that times never decrease in the log.
   */
  at(ms: number): Instant {
    const { wall, mono } = this.#clock.at(ms);
    const early = Math.max(0, this.#lastMono - mono);
    return { wall: wall + early, mono: mono + early };
  }

  /**
   * Records an anomaly: at once, or together with others of its kind if they follow each other too fast for a row each.
   */
  anomaly(anomaly: Repeated): void {
    if (this.#repeats.add(anomaly)) this.#write({ kind: 'anomaly', ...anomaly });
  }

  /** Returns the record's number. Keeps a copy of `bytes`. */
  add(content: RecordContent, at: Instant = this.#clock.now()): number {
    // With its time, so that times never decrease in the log.
    this.#tellRepeats('before', at);
    return this.#write(content, at);
  }

  #tellRepeats(what: 'due' | 'before' | 'all', at?: Instant): void {
    for (const anomaly of this.#repeats.take(what)) this.#write({ kind: 'anomaly', ...anomaly }, at);
  }

  #write(content: RecordContent, at: Instant = this.#clock.now()): number {
    const { kind, lane, bytes, code, detail, count, unreadMicros, wasThere = false } = content;
    this.tally.count(content);
    const size = bytes?.byteLength ?? 0;
    if (this.#empty) this.#firstAt = performance.now();
    const record = {
      seq: this.#next++,
      kind,
      lane: lane ?? null,
      wall: at.wall,
      mono: at.mono,
      size,
      code: code ?? null,
      detail: detail ?? null,
      count: count ?? 1,
      offset: this.#payloads.size,
      unreadMicros: unreadMicros ?? null,
    };
    this.#lastMono = at.mono;
    this.#records.add(record);
    if (bytes) this.#payloads.add(bytes);
    if (this.#records.count >= BATCH_RECORDS || this.#payloads.size >= BATCH_BYTES) this.#handOver();
    const watched = wasThere ? { ...record, wasThere } : record;
    this.observer?.record(watched, bytes);
    this.follower?.record(watched, bytes);
    return record.seq;
  }

  /** Pending records go out on the next turn of the loop. */
  hurry(): void {
    if (!this.#empty) this.#firstAt = Number.NEGATIVE_INFINITY;
  }

  /** Adds to one of our messages how long it was unread; its record may be in the capture already. */
  read(read: LateRead): void {
    const index = read.seq - (this.#next - this.#records.count);
    if (index >= 0) this.#records.setUnread(index, read.unreadMicros);
    else {
      if (this.#empty) this.#firstAt = performance.now();
      this.#reads.push(read);
    }
  }

  /** ms until there is something to {@link flush}; Infinity if there isn't. */
  dueIn(): number {
    const others = Math.min(this.#repeats.dueIn(), this.observer?.dueIn() ?? Number.POSITIVE_INFINITY);
    return this.#empty ? others : Math.min(others, Math.max(0, this.#firstAt + BATCH_AGE_MS - performance.now()));
  }

  get #empty(): boolean {
    return this.#records.count === 0 && this.#reads.length === 0;
  }

  /** Too much is on its way: accept nothing more until the capture has caught up. */
  get stalled(): boolean {
    if (this.#uncommitted >= MAX_UNCOMMITTED) this.takeCommits();
    return this.#uncommitted >= MAX_UNCOMMITTED;
  }

  /** Throws the reason if the capture refused a batch. */
  takeCommits(): void {
    for (let got = receiveMessageOnPort(this.#port); got; got = receiveMessageOnPort(this.#port)) {
      const reply = got.message as CommitReply;
      if ('failure' in reply) throw failureToError(reply.failure);
      const { committed } = reply;
      while (this.#inFlight[0] && this.#inFlight[0].end <= committed) {
        this.#uncommitted -= this.#inFlight.shift()?.weight ?? 0;
      }
    }
  }

  flush(): void {
    this.#tellRepeats('due');
    this.observer?.look();
    this.#handOver();
  }

  #handOver(): void {
    if (this.#empty) return;
    const weight = this.#payloads.size + RECORD_BYTES * this.#records.count;
    if (this.#records.count > 0) this.#inFlight.push({ end: this.#next, weight });
    this.#uncommitted += weight;
    const batch = this.#records.take(this.#session, this.#payloads.take(), this.#reads);
    this.#reads = [];
    this.#port.postMessage(batch, buffersOf(batch));
    this.takeCommits();
  }

  /** The last record of a session: everything that happened before it precedes it. */
  end(content: RecordContent): void {
    this.#tellRepeats('all');
    this.observer?.finish();
    this.observer = null;
    this.#write(content);
  }

  /** Hands over the rest and releases the port. */
  close(): void {
    this.#tellRepeats('all');
    this.#handOver();
    this.#port.close();
  }
}
