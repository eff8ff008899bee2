import { basename } from 'node:path';
import { FIRST_OPENED_SESSION, type OpenedCapture } from '../../../shared/captures.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { StoredSnapshot } from '../../../shared/session.ts';
import type { ClosedCapture, ReaderCalls, ReaderNews } from '../read/calls.ts';
import type { AnswerTo, QueryOf, Question } from '../read/read-link.ts';
import { cutOffFailure, type SessionDescription } from '../store/describe.ts';
import { WorkerLink } from '../thread/worker-link.ts';

interface Listeners {
  /** The thread ended unasked. */
  readonly onDeath: () => void;
  /** Less can be read than was thought. */
  readonly onDamage: () => void;
}

/** A capture open for reading: a thread of its own, and session numbers that no other capture has. */
export class OpenedFile {
  readonly path: string;
  readonly #reader: WorkerLink<ReaderCalls, ReaderNews>;
  readonly #first: number;
  #content: ClosedCapture = { sessions: [], cutOff: false, damage: [] };

  private constructor(path: string, number: number, workerPath: string, listeners: Listeners) {
    this.path = path;
    this.#first = FIRST_OPENED_SESSION * number;
    const onNews = ({ damage }: ReaderNews) => {
      this.#content = { ...this.#content, damage };
      listeners.onDamage();
    };
    this.#reader = new WorkerLink(workerPath, { role: 'reader' }, { onNews, onDeath: listeners.onDeath });
  }

  /**
   * The sessions of the `number`th opened capture (from 1) are numbered from `number` million on. Rejects with what is
   * wrong with the file (see openForReading), leaving no thread behind.
   */
  static async open(path: string, number: number, workerPath: string, listeners: Listeners): Promise<OpenedFile> {
    const opened = new OpenedFile(path, number, workerPath, listeners);
    try {
      opened.#content = await opened.#reader.call('openClosed', path);
      return opened;
    } catch (error) {
      await opened.close();
      throw error;
    }
  }

  get snapshots(): StoredSnapshot[] {
    return this.#content.sessions.map((session, index) => this.#snapshot(session, index));
  }

  get answer(): OpenedCapture {
    const sessions = this.#content.sessions.map((_, index) => this.#first + index);
    return { file: basename(this.path), sessions, problem: this.#problem() };
  }

  /** Number within the file; undefined if the session isn't in this file. */
  sessionOf(id: number): number | undefined {
    return this.#content.sessions[id - this.#first]?.session;
  }

  ask<N extends Question>(name: N, query: QueryOf<N>): Promise<AnswerTo<N>> {
    return this.#reader.call(name, query);
  }

  close(): Promise<void> {
    return this.#reader.end();
  }

  /** What is wrong with the file, or with one session in it. */
  #problem(session?: number): Failure | null {
    const { cutOff, damage } = this.#content;
    const found = damage.filter((damaged) => session === undefined || damaged.session === session);
    if (found.length === 0) return cutOff ? cutOffFailure(this.path) : null;
    const parts = found.map(({ session: id, end, lost }) => {
      const n = (count: number) => count.toLocaleString('en-US');
      return `session ${id} can be read up to its first ${n(end)} records, ${lost === null ? 'how many followed is unknown' : `${n(lost)} are missing`}`;
    });
    const what = cutOff ? 'is cut off' : 'is damaged';
    return { code: 'capture-damaged', message: `${basename(this.path)} ${what}: ${parts.join('; ')}.` };
  }

  #snapshot(session: SessionDescription, index: number): StoredSnapshot {
    const records = this.#content.damage.find((damaged) => damaged.session === session.session)?.end ?? session.records;
    return {
      id: this.#first + index,
      kind: 'stored',
      role: session.role,
      section: session.section,
      eventS2c: session.eventS2c,
      eventC2s: session.eventC2s,
      state: 'closed',
      failure: this.#problem(session.session),
      counts: session.counts,
      committed: records,
      openedAt: session.openedAt,
      closedAt: session.lastAt ?? session.openedAt,
      lasted: session.lasted ?? 0,
      capture: basename(this.path),
    };
  }
}
