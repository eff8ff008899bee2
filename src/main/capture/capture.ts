import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { CaptureState } from '../../shared/api.ts';
import { ShmscopeError } from '../../shared/failure.ts';
import type { PayloadQuery, RowPage, RowQuery } from '../../shared/log.ts';
import type { SetMark, SetNote } from '../../shared/marks.ts';
import type { SessionTypes } from '../../shared/types/compiled/compiled.ts';
import { type AnswerTo, type QueryOf, type Question, ReadLink } from './read/read-link.ts';
import type { CapturedSession } from './store/captured-session.ts';
import { WorkerLink } from './thread/worker-link.ts';
import type { WriterCalls, WriterNews } from './write/calls.ts';
import type { Limits } from './write/trim.ts';

export interface CaptureOptions {
  /** Created if it doesn't exist. */
  readonly folder: string;
  /** The file's name; nothing may have it yet. Omitted: named after the time. */
  readonly name?: string;
  /** worker.ts of this folder, or its built file. */
  readonly workerPath: string;
}

/** The file that records every session, and queries on it. Two threads of its own do all the work. */
export interface Capture {
  readonly file: string;
  readonly state: CaptureState;
  /**
   * Registers a session and returns the port to transfer to its worker. The worker posts PackedBatch, its buffers
   * transferred, and gets CommitReply; if this side closes the port, nothing more is accepted. Throws ShmscopeError
   * `worker-died`, `closed`, or `internal` for an id that is already registered.
   */
  connect(session: CapturedSession): MessagePort;
  /** Committed records of the session; 0 for an unknown session. */
  committed(session: number): number;
  /**
   * Asks the reader about one session. Rejects with ShmscopeError `no-such-session`, `worker-died`, or the reader's
   * error.
   */
  ask<N extends Question>(name: N, query: QueryOf<N>): Promise<AnswerTo<N>>;
  /** Rejects with ShmscopeError `no-such-session`, `worker-died`. */
  rows(query: RowQuery): Promise<RowPage>;
  /** Rejects with ShmscopeError `no-such-session`, `no-such-record`, `worker-died`. */
  payload(query: PayloadQuery): Promise<Uint8Array<ArrayBuffer>>;
  /** Rejects with ShmscopeError `no-such-record`, `capture-failed`, `worker-died`; so do the next two. */
  setMark(mark: SetMark): Promise<void>;
  setNote(note: SetNote): Promise<void>;
  setTitle(title: string | null): Promise<void>;
  /** Stores in the file which types a session's messages are read with. Rejects like the ones above. */
  setTypes(types: SessionTypes): Promise<void>;
  /** Removes the oldest records, now and later, whenever the file exceeds its limits. */
  keepWithin(limits: Limits): Promise<void>;
  /** Called when the state or a committed count changes, at most 30 times a second. Returns an unsubscribe function. */
  onChange(listener: () => void): () => void;
  /** Writes at once what a failure held back. Rejects with ShmscopeError `capture-failed` if it fails again. */
  retry(): Promise<void>;
  /**
   * Commits everything that was posted to the ports and ends both threads. Rejects with ShmscopeError `capture-failed`
   * if it can't be written; the capture then stays open and keeps the records, so the call can be repeated.
   */
  close(): Promise<void>;
}

/** Creates a capture file. Rejects with ShmscopeError `capture-failed`, leaving neither file nor thread behind. */
export async function openCapture({ workerPath, ...place }: CaptureOptions): Promise<Capture> {
  const capture = new ThreadedCapture(workerPath);
  await capture.open(place);
  return capture;
}

class ThreadedCapture implements Capture {
  file = '';
  state: CaptureState = { state: 'capturing', bytes: 0 };
  readonly #writer: WorkerLink<WriterCalls, WriterNews>;
  readonly #reader: ReadLink;
  readonly #committed = new Map<number, number>();
  readonly #listeners = new Set<() => void>();
  #closing: Promise<void> | undefined;

  constructor(workerPath: string) {
    this.#reader = new ReadLink(workerPath, () => this.file);
    this.#writer = new WorkerLink(
      workerPath,
      { role: 'writer' },
      { onNews: (news) => this.#update(news), onDeath: (error) => this.#writerDied(error) },
    );
  }

  async open(place: Pick<CaptureOptions, 'folder' | 'name'>): Promise<void> {
    try {
      this.file = (await this.#writer.call('open', place)).file;
    } catch (error) {
      await this.#writer.end();
      throw error;
    }
  }

  connect(session: CapturedSession): MessagePort {
    if (this.#writer.death) throw this.#writer.death;
    if (this.#closing) throw new ShmscopeError('closed', 'The capture is closed.');
    if (this.#committed.has(session.id))
      throw new ShmscopeError('internal', `Session ${session.id} is already in the capture.`);
    this.#committed.set(session.id, 0);
    const { port1, port2 } = new MessageChannel();
    // From here on a dying writer reports it in `state` and by closing the port.
    this.#writer.call('connect', { session, port: port1 }, [port1]).catch(() => port2.close());
    return port2;
  }

  committed(session: number): number {
    return this.#committed.get(session) ?? 0;
  }

  async ask<N extends Question>(name: N, query: QueryOf<N>): Promise<AnswerTo<N>> {
    if (!this.#committed.has(query.session))
      throw new ShmscopeError('no-such-session', `Session ${query.session} is not in this capture.`);
    return this.#reader.ask(name, query);
  }

  rows(query: RowQuery): Promise<RowPage> {
    return this.ask('rows', query);
  }

  payload(query: PayloadQuery): Promise<Uint8Array<ArrayBuffer>> {
    return this.ask('payload', query);
  }

  setMark(mark: SetMark): Promise<void> {
    return this.#writer.call('setMark', mark);
  }

  setNote(note: SetNote): Promise<void> {
    return this.#writer.call('setNote', note);
  }

  setTitle(title: string | null): Promise<void> {
    return this.#writer.call('setTitle', title);
  }

  setTypes(types: SessionTypes): Promise<void> {
    return this.#writer.call('setTypes', types);
  }

  keepWithin(limits: Limits): Promise<void> {
    return this.#writer.call('keepWithin', limits);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  retry(): Promise<void> {
    return this.#writer.call('retry', undefined);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close().catch((error) => {
      this.#closing = undefined;
      throw error;
    });
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (!this.#writer.death) await this.#writer.call('drain', undefined);
    // The writer goes last: only then can it checkpoint the WAL into the file and remove it.
    await this.#reader.close();
    await this.#writer.end();
  }

  #update({ state, committed }: WriterNews): void {
    this.state = state;
    for (const [session, records] of committed) this.#committed.set(session, records);
    this.#changed();
  }

  #writerDied(error: ShmscopeError): void {
    const reason = `${error.message} What was committed is safe in ${this.file}; restart Shmscope to continue capturing.`;
    this.state = { state: 'stopped', bytes: this.state.bytes, reason, pending: 0 };
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
