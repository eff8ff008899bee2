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
  /** Made when it isn't there. */
  readonly folder: string;
  /** Of the file; nothing there may have it. Left out: called by the time. */
  readonly name?: string;
  /** worker.ts of this folder, or what the build made of it. */
  readonly workerPath: string;
}

/** The file that every record goes to, and the answers from it. All work is done in two threads of its own. */
export interface Capture {
  readonly file: string;
  readonly state: CaptureState;
  /**
   * Registers a session and returns the port to transfer to its endpoint worker. That one posts PackedBatch, its
   * buffers transferred, and gets CommitReply; the port closing from this side means that nothing is taken any more.
   * Throws ShmscopeError `worker-died`, `closed`, or `internal` for an id that was registered before.
   */
  connect(session: CapturedSession): MessagePort;
  /** Records of the session that a commit holds; 0 for one that isn't known. */
  committed(session: number): number;
  /**
   * Asks the reader about one session. Rejects with ShmscopeError `no-such-session`, `worker-died`, or the reader's
   * own.
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
  /** Has the file remember by which types a session's messages are read. Rejects as the ones before. */
  setTypes(types: SessionTypes): Promise<void>;
  /** Removes the oldest records, now and from now on, while the file is beyond its limits. */
  keepWithin(limits: Limits): Promise<void>;
  /**
   * Calls when the state or a committed count changed, at most 30 times a second. Returns a function that unregisters
   * it.
   */
  onChange(listener: () => void): () => void;
  /** Writes at once what a failure holds back. Rejects with ShmscopeError `capture-failed` when it fails again. */
  retry(): Promise<void>;
  /**
   * Commits everything that was posted to the ports, and ends both threads. Rejects with ShmscopeError `capture-failed`
   * when it can't be written; then the capture stays open and keeps it, so that it can be tried again.
   */
  close(): Promise<void>;
}

/** Begins a capture file. Rejects with ShmscopeError `capture-failed` and leaves neither file nor thread behind. */
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
    // A writer that dies now says so in `state`, and by closing the port.
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
    // The writer goes last: only then it can fold the WAL into the file and remove it.
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
