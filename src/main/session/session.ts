import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import type { Role } from '../../shared/domain.ts';
import { type Failure, failureToError, ShmscopeError, toFailure } from '../../shared/failure.ts';
import { PendingCalls } from '../../shared/pending-calls.ts';
import type { SeenAnomaly } from '../../shared/scenario/anomalies.ts';
import type { Performed, StepProgram } from '../../shared/scenario/program.ts';
import type { StepProgress } from '../../shared/scenario/report.ts';
import type { HostTime, LiveSession, OpenOptions } from '../../shared/session.ts';
import { type Ability, can } from '../../shared/session-kind.ts';
import type { CompiledTypes } from '../../shared/types/compiled/compiled.ts';
import type { Kernel, KernelEvent } from '../kernel/kernel.ts';
import { logInfo } from '../log/program-log.ts';
import { AlarmLink } from './alarms/alarm-link.ts';
import { hostTime } from './clock.ts';
import { Holdings } from './holdings.ts';
import { ended as endedLive, idle } from './live.ts';
import type { Lookout } from './lookout/lookout.ts';
import { Rest } from './lookout/rest.ts';
import { type Command, type Live, NEEDED, type WorkerMessage } from './protocol.ts';
import type { WorkerPool } from './worker-pool.ts';

type CommandContent = Command extends infer C ? (C extends Command ? Omit<C, 'id'> : never) : never;
interface Settling {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** The main thread's side of one session: commands out, snapshots in. */
export class Session {
  readonly id: number;
  /** Settles when the channel is open, or with the reason why it isn't. */
  readonly opened: Promise<void>;
  /** Settles when it is open, or is known to wait for its server, or with the reason why it does neither. */
  readonly started: Promise<void>;
  /** Settles when every handle is released; never rejects. */
  readonly ended: Promise<void>;
  readonly #options: OpenOptions;
  readonly #pool: WorkerPool;
  readonly #wake: KernelEvent;
  readonly #kernel: Kernel;
  readonly #holdings = new Holdings();
  readonly #rest = new Rest();
  readonly #lookout: Lookout;
  readonly #commands: MessagePort;
  readonly #worker: Worker;
  readonly #onChange: () => void;
  readonly #pending = new PendingCalls();
  readonly #alarms: AlarmLink;
  readonly #settle: { opened: Settling; started: Settling; ended: () => void };
  readonly #began: HostTime;
  readonly #isOfTest: boolean;
  #state: LiveSession['state'] = 'opening';
  #waiting: LiveSession['waiting'] = null;
  #failure: Failure | null = null;
  #live: Live;
  #ended: HostTime | null = null;
  #anomalies: readonly SeenAnomaly[] = [];
  #onProgress: (progress: readonly StepProgress[]) => void = () => {};

  constructor(
    id: number,
    options: OpenOptions,
    parts: {
      kernel: Kernel;
      pool: WorkerPool;
      lookout: Lookout;
      alarms: readonly string[];
      types: CompiledTypes;
      records: MessagePort;
      began: HostTime;
      onChange: () => void;
      onAlarm: () => void;
      doesSteps: boolean;
    },
  ) {
    this.id = id;
    this.#options = options;
    this.#pool = parts.pool;
    this.#lookout = parts.lookout;
    this.#kernel = parts.kernel;
    this.#began = parts.began;
    this.#isOfTest = parts.doesSteps;
    this.#onChange = parts.onChange;
    this.#live = idle(options);
    const opened = Promise.withResolvers<unknown>();
    const started = Promise.withResolvers<unknown>();
    const ended = Promise.withResolvers<void>();
    this.opened = opened.promise as Promise<void>;
    this.started = started.promise as Promise<void>;
    this.ended = ended.promise;
    this.#settle = { opened, started, ended: ended.resolve };
    this.#wake = parts.kernel.createEvent(null).event;
    this.#alarms = new AlarmLink(parts);
    // Before the thread has them: they see the first record. An alarm with a mistake is left out.
    if (parts.types.bindings.length > 0) this.#alarms.setTypes(parts.types, () => {});
    if (parts.alarms.length > 0) this.#alarms.set(parts.alarms, () => {}).catch(() => {});
    const { port1, port2 } = new MessageChannel();
    this.#commands = port1;
    port1.on('message', (message: WorkerMessage) => this.#hear(message));
    const assignment = {
      session: id,
      options,
      began: parts.began.mono,
      wake: this.#wake.token,
      commands: port2,
      alarms: this.#alarms.forThread,
      doesSteps: parts.doesSteps,
      records: parts.records,
      holdings: this.#holdings.buffer,
      rest: this.#rest.buffer,
    };
    try {
      this.#worker = parts.pool.assign(assignment, [port2, this.#alarms.forThread.port, parts.records], (reason) =>
        this.#died(reason),
      );
    } catch (error) {
      this.#wake.close();
      port1.close();
      this.#alarms.close(toFailure(error));
      throw error;
    }
  }

  /**
   * Sends the worker a command and returns its reply. Throws `closed` if the session has ended, and `invalid-argument`
   * for what a session of its kind can't do. `moved`: ports to transfer with it.
   */
  async call<T>(command: CommandContent, moved: readonly MessagePort[] = []): Promise<T> {
    this.#checkLives();
    this.#checkCan(command.type);
    // That is what it is about.
    if (command.type === 'reconnect' && this.#waiting) return undefined as T;
    const answer = this.#pending.call((id) => {
      this.#commands.postMessage({ ...command, id }, moved);
      this.#wake.set();
    });
    return answer as Promise<T>;
  }

  /** Sets what it watches for from now on, in any state but an ended one; throws `closed` then. */
  async setAlarms(texts: readonly string[]): Promise<void> {
    this.#checkLives();
    this.#checkAble('observe');
    await this.#alarms.set(texts, () => this.#wake.set());
  }

  /** Performs the steps of a scenario; `onProgress` is told how far they are. Throws what a command throws. */
  async perform(program: StepProgram, onProgress: (progress: readonly StepProgress[]) => void): Promise<Performed> {
    this.#onProgress = onProgress;
    return this.call<Performed>({ type: 'perform', program });
  }

  /** Which end of its channel it is. Throws `closed`, and `invalid-argument` if it is none. */
  checkEnd(): Role {
    this.#checkLives();
    this.#checkAble('send');
    return this.#options.role as Role;
  }

  /** Sets the types that its messages are read with. One that has ended needs none. */
  setTypes(types: CompiledTypes): void {
    if (this.#state === 'open' || this.#state === 'opening') this.#alarms.setTypes(types, () => this.#wake.set());
  }

  /** Asks it to end and waits until everything is released. */
  async close(): Promise<void> {
    // Its answer is the end itself.
    if (this.#state === 'open' || this.#state === 'opening') this.call({ type: 'close' }).catch(() => {});
    await this.ended;
  }

  get section(): string {
    return this.#options.section;
  }

  get state(): LiveSession['state'] {
    return this.#state;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  /** The anomalies that it has recorded; for a session that performs the steps of a scenario, once it has ended. */
  get anomalies(): readonly SeenAnomaly[] {
    return this.#anomalies;
  }

  snapshot(committed: number): LiveSession {
    const { kind, role, section, eventS2c, eventC2s } = this.#options;
    return {
      ...this.#live,
      id: this.id,
      kind,
      role,
      section,
      eventS2c,
      eventC2s,
      state: this.#state,
      waiting: this.#waiting,
      failure: this.#failure,
      records: Math.max(this.#live.records, committed),
      committed,
      openedAt: this.#began.wall,
      closedAt: this.#ended?.wall ?? null,
      began: this.#began.mono,
      lasted: this.#ended ? this.#ended.mono - this.#began.mono : null,
      isOfTest: this.#isOfTest,
      alarms: this.#alarms.states,
      // What its thread reports is of its own kind.
    } as LiveSession;
  }

  #checkLives(): void {
    if (this.#state !== 'closed' && this.#state !== 'failed') return;
    throw new ShmscopeError('closed', 'The session is closed. Open it again to continue.');
  }

  #checkCan(type: Command['type']): void {
    if (type !== 'close' && type !== 'note') this.#checkAble(NEEDED[type]);
  }

  #checkAble(needed: Ability): void {
    const { kind, role } = this.#options;
    if (!can(kind, role, needed)) throw new ShmscopeError('invalid-argument', cannot(role, needed));
  }

  #hear(message: WorkerMessage): void {
    switch (message.type) {
      case 'opened':
        this.#state = 'open';
        this.#waiting = null;
        this.#live = message.live;
        this.#settle.opened.resolve(undefined);
        this.#settle.started.resolve(undefined);
        break;
      case 'waiting':
        this.#state = 'opening';
        this.#waiting = { why: message.why, since: this.#waiting?.since ?? Date.now() * 1000 };
        this.#live = message.live;
        this.#settle.started.resolve(undefined);
        break;
      case 'snapshot':
        this.#live = message.live;
        break;
      case 'rests':
        this.#lookout.watch({ ...message.outlook, rest: this.#rest.buffer, wake: this.#wake.token });
        return;
      case 'steps':
        this.#onProgress(message.progress);
        return;
      case 'reply':
        this.#pending.settle(message.id, message.result);
        return;
      case 'ended':
        if (message.live) this.#live = message.live;
        this.#anomalies = message.anomalies;
        this.#pool.release(this.#worker);
        this.#end(message.failure);
    }
    this.#onChange();
  }

  #died(reason: string): void {
    if (this.#ended !== null) return;
    this.#rest.end();
    for (const lease of this.#holdings.leases) this.#kernel.reclaim(lease);
    const message = `The thread that served this session died: ${reason}. Its section and events were released and its log up to there is kept. Other sessions keep running. Open it again.`;
    logInfo(`Session ${this.id}: ${message}`);
    this.#end({ code: 'worker-died', message });
    this.#onChange();
  }

  #end(failure: Failure | null): void {
    this.#state = failure ? 'failed' : 'closed';
    this.#waiting = null;
    this.#failure = failure;
    this.#live = endedLive(this.#live);
    this.#ended = hostTime();
    this.#commands.close();
    this.#wake.close();
    const error = failure
      ? failureToError(failure)
      : new ShmscopeError('closed', 'The session was closed in the meantime.');
    this.#pending.failAll(error.failure);
    this.#alarms.close(error.failure);
    for (const [settle, promise] of [
      [this.#settle.opened, this.opened],
      [this.#settle.started, this.started],
    ] as const) {
      settle.reject(error);
      promise.catch(() => {});
    }
    this.#settle.ended();
  }
}

function cannot(role: string, needed: Ability): string {
  if (needed === 'reconnect') return `Only a client reconnects. Close this ${role} and open it again.`;
  if (role === 'raw') return "A raw section can't do this. Open its channel, or tap it.";
  if (needed === 'inspect') return `A ${role} can't do this. Open the section as raw bytes.`;
  const why = 'A tap only observes: open the channel as a server or client to send and receive.';
  return `A ${role} can't do this. ${role === 'tap' ? why : 'Only a tap can.'}`;
}
