import type { MessagePort } from 'node:worker_threads';
import { MAX_SESSIONS } from '../../shared/domain.ts';
import { ShmscopeError } from '../../shared/failure.ts';
import type { LoggedSession } from '../../shared/json-record.ts';
import { isSameName } from '../../shared/object-name.ts';
import type { HostTime, LiveSession, OpenOptions } from '../../shared/session.ts';
import { type CompiledTypes, NO_TYPES } from '../../shared/types/compiled/compiled.ts';
import { openFailure } from '../channel/open-failure.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { hostTime } from './clock.ts';
import { Lookout } from './lookout/lookout.ts';
import { Session } from './session.ts';
import { WorkerPool } from './worker-pool.ts';

/** Where the records of a session go: the capture in the app, the output on the command line. */
export interface RecordSink {
  /**
   * The port that takes the session's RecordBatches and answers `{ committed }`; it is handed to the session's worker.
   */
  connect(session: { readonly id: number } & LoggedSession): MessagePort;
  /** Records of the session that are committed. */
  committed(session: number): number;
}

/** The snapshot type of a session with these options. */
type SessionOf<O extends OpenOptions> = Extract<LiveSession, { kind: O['kind'] }>;

type TypesOf = (section: string) => CompiledTypes;

/** The sessions of this process. */
export class SessionRegistry {
  readonly #kernel: Kernel;
  readonly #sink: RecordSink;
  readonly #pool: WorkerPool;
  readonly #lookout: Lookout;
  readonly #onChange: () => void;
  readonly #onAlarm: () => void;
  readonly #typesOf: TypesOf;
  readonly #sessions = new Map<number, Session>();
  #nextId = 1;

  /** `spare` threads are started ahead of the sessions that will need them, if there will be more. */
  constructor(parts: {
    kernel: Kernel;
    sink: RecordSink;
    workerPath: string | URL;
    onChange: () => void;
    /** An alarm has fired, which can't wait. Omitted: reported like any change. */
    onAlarm?: () => void;
    spare?: number;
    /** The declared types that messages on a section are read with now; omitted: none. */
    typesOf?: TypesOf;
  }) {
    this.#kernel = parts.kernel;
    this.#sink = parts.sink;
    this.#onChange = parts.onChange;
    this.#typesOf = parts.typesOf ?? (() => NO_TYPES);
    this.#onAlarm = parts.onAlarm ?? parts.onChange;
    this.#pool = new WorkerPool(parts.workerPath, parts.spare);
    this.#lookout = new Lookout(parts.kernel, parts.workerPath);
  }

  /**
   * Opens a session on a thread of its own, or returns when it waits for its channel. Throws the reason if it can do
   * neither. `alarms`: watched for from its first record on; `doesSteps`: for the steps of a scenario.
   */
  async open<O extends OpenOptions>(
    options: O,
    alarms: readonly string[] = [],
    doesSteps = false,
  ): Promise<SessionOf<O>> {
    const busy = [...this.#sessions.values()].filter((s) => s.state === 'open' || s.state === 'opening').length;
    if (busy >= MAX_SESSIONS) {
      throw new ShmscopeError(
        'too-many-sessions',
        `${MAX_SESSIONS} sessions are open, which is the maximum. Close one first.`,
      );
    }
    const id = this.#nextId++;
    const began = hostTime();
    const records = this.#sink.connect({ id, openedAt: began.wall, ...options });
    const session = this.#begin(id, options, { alarms, doesSteps, records, began });
    this.#sessions.set(id, session);
    try {
      await session.started;
    } catch (error) {
      // A refused name is reported to the caller and can be tried again; what was seen on a channel stays on the list.
      if (session.failure?.code !== 'section-too-small') this.#sessions.delete(id);
      throw error;
    } finally {
      this.#onChange();
    }
    return this.snapshot(id) as SessionOf<O>;
  }

  /** Throws ShmscopeError if not even the session's own event can be created: its records end then. */
  #begin(
    id: number,
    options: OpenOptions,
    given: { alarms: readonly string[]; doesSteps: boolean; records: MessagePort; began: HostTime },
  ): Session {
    const [kernel, pool, lookout] = [this.#kernel, this.#pool, this.#lookout];
    const [onChange, onAlarm] = [this.#onChange, this.#onAlarm];
    try {
      const types = this.#typesOf(options.section);
      return new Session(id, options, { ...given, types, kernel, pool, lookout, onChange, onAlarm });
    } catch (error) {
      given.records.close();
      throw openFailure(error, 'event');
    }
  }

  /** Throws `no-such-session`. */
  get(id: number): Session {
    const session = this.#sessions.get(id);
    if (session) return session;
    throw new ShmscopeError(
      'no-such-session',
      `There is no session ${id}. It may have been removed in another window.`,
    );
  }

  snapshot(id: number): LiveSession {
    return this.get(id).snapshot(this.#sink.committed(id));
  }

  snapshots(): LiveSession[] {
    return [...this.#sessions.keys()].map((id) => this.snapshot(id));
  }

  /** Records something in every open session on a section; one that is just ending is skipped. */
  noteOn(section: string, detail: string): void {
    for (const session of this.#sessions.values())
      if (isSameName(session.section, section)) session.call({ type: 'note', detail }).catch(() => {});
  }

  /** The declared types have changed. */
  typesChanged(): void {
    for (const session of this.#sessions.values()) session.setTypes(this.#typesOf(session.section));
  }

  /** Takes an ended session off the list. Throws `busy` while it is open. */
  remove(id: number): void {
    const { state } = this.get(id);
    if (state === 'open' || state === 'opening') {
      throw new ShmscopeError('busy', 'The session is still open. Close it first.');
    }
    this.#sessions.delete(id);
    this.#onChange();
  }

  /** Closes every session, then ends the threads. */
  async close(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.close()));
    await this.#lookout.close();
    await this.#pool.close();
  }
}
