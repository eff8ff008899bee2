import { MAX_TIMEOUT_MS } from '../../../shared/domain.ts';
import { type Result, ShmscopeError, toFailure } from '../../../shared/failure.ts';
import type { EndpointSnapshot, OpenEndpoint, ReceiveMode } from '../../../shared/session.ts';
import { laneOf } from '../../../shared/session-kind.ts';
import type { Channel } from '../../channel/channel.ts';
import { Endpoint } from '../../channel/endpoint.ts';
import type { AnomalyReport, Taken } from '../../channel/results.ts';
import type { Kernel, KernelEvent } from '../../kernel/kernel.ts';
import type { Inbox } from '../inbox.ts';
import type { SessionParts } from '../parts.ts';
import type { Command, Live, WorkerMessage } from '../protocol.ts';
import type { Recorder } from '../recorder.ts';
import { SessionLens } from '../session-lens.ts';
import { SlotWatch } from '../slot-watch.ts';
import type { StepDriver } from '../steps/step-driver.ts';
import type { StepPort } from '../steps/step-run.ts';
import { Outbox } from './outbox.ts';
import type { Responder } from './responder/responder.ts';
import { Senders } from './senders.ts';
import { stepPort } from './step-port.ts';

/** ms between looks at the slots and messages to the main thread, at least. */
const SNAPSHOT_MS = 33;

/** Why a loop ends. */
export type LoopEnd =
  | { readonly to: 'close' }
  | { readonly to: 'reconnect'; readonly because: 'asked' | 'exit' | 'moved' };

/** What the loop waits for: `deadline` in ms of performance.now(). */
interface Receiving {
  readonly mode: ReceiveMode;
  deadline: number;
  /** A step waits for it, and is told here: the log can wait. */
  readonly isForStep?: boolean;
}

/**
 * One open end of a channel at work: takes commands, sends, receives, records, until it is closed. Blocks its thread.
 */
export class SessionLoop {
  readonly #kernel: Kernel;
  readonly #wake: KernelEvent;
  readonly #wakeOnly: readonly KernelEvent[];
  readonly #inbox: Inbox;
  readonly #post: (message: WorkerMessage) => void;
  readonly #reconnects: boolean;
  readonly #recorder: Recorder;
  readonly #channel: Channel;
  readonly #endpoint: Endpoint;
  readonly #outbox: Outbox;
  readonly #watches: { in: SlotWatch; out: SlotWatch };
  readonly #lens: SessionLens;
  readonly #steps: StepDriver | null;
  readonly #senders: Senders;
  #receiving: Receiving | null;
  #peerExited = false;
  #leaving: LoopEnd | null = null;
  #snapshotAt = 0;
  #reported = '';

  constructor(
    kernel: Kernel,
    channel: Channel,
    options: OpenEndpoint,
    ports: Pick<SessionParts, 'wake' | 'inbox' | 'post' | 'recorder' | 'steps'> & { readonly responder: Responder },
  ) {
    this.#kernel = kernel;
    this.#wake = ports.wake;
    this.#wakeOnly = [ports.wake];
    this.#inbox = ports.inbox;
    this.#post = ports.post;
    this.#reconnects = options.reconnect ?? false;
    this.#recorder = ports.recorder;
    this.#channel = channel;
    this.#endpoint = new Endpoint(kernel, channel, (report) => this.#anomaly(report));
    this.#outbox = new Outbox(this.#endpoint, ports.recorder, options);
    this.#watches = { in: new SlotWatch(this.#endpoint.incoming), out: new SlotWatch(this.#endpoint.outgoing) };
    const { role, section, geometry } = channel;
    this.#lens = new SessionLens(section, { role, layout: geometry.layout }, ports.recorder);
    const { recorder } = ports;
    this.#senders = new Senders({ endpoint: this.#endpoint, outbox: this.#outbox, recorder }, ports.responder);
    this.#steps = ports.steps;
    if (this.#steps) this.#steps.port = this.#stepPort(this.#steps);
    this.#receiving = options.receive && receiving(options.receive);
    for (const name of channel.sharedEvents) {
      this.#anomaly({
        anomaly: 'event-crosstalk',
        direction: 'in',
        detail: `The event "${name}" already existed, though the section did not: another channel uses it, and each will consume the other's wakes. Choose different event names.`,
      });
    }
  }

  /** Runs until a close command, or until it is time to reconnect. What was still waiting to be sent is refused. */
  run(): LoopEnd {
    this.#takeCommands();
    while (!this.#leaving) {
      this.#outbox.look();
      if (!this.#recorder.stalled) {
        this.#senders.step();
        this.#steps?.step();
      }
      this.#stepOutbox();
      this.#tellIfDue();
      if (this.#recorder.dueIn() <= 0) this.#recorder.flush();
      this.#wait();
    }
    this.#senders.stop();
    if (this.#steps) this.#steps.port = null;
    this.#outbox.abandon(new ShmscopeError('closed', 'The session was closed before the message could be sent.'));
    return this.#leaving;
  }

  get live(): Live<EndpointSnapshot> {
    const { in: incoming, out: outgoing } = this.#watches;
    const slots = {
      [this.#endpoint.incoming.lane]: incoming.snapshot,
      [this.#endpoint.outgoing.lane]: outgoing.snapshot,
    };
    const { geometry, access } = this.#channel;
    return {
      layout: geometry.layout,
      capacity: geometry.capacity,
      access,
      overrun: this.#outbox.policy,
      receiving: this.#receiving?.mode ?? null,
      sending: this.#outbox.waiting,
      ...this.#senders.state,
      peerExited: this.#peerExited,
      moved: this.#endpoint.moved,
      slots: slots as EndpointSnapshot['slots'],
      counts: this.#recorder.tally.counts,
      rate: this.#recorder.tally.rate,
      records: this.#recorder.count,
    };
  }

  #wait(): void {
    const receiving = this.#recorder.stalled ? null : this.#receiving;
    const ms = this.#sliceMs(receiving);
    if (!receiving) {
      if (this.#kernel.waitAny(this.#wakeOnly, ms) === 0) this.#takeCommands();
      return;
    }
    // The wake comes first: a flood must not delay commands.
    const got = this.#endpoint.wait(ms, this.#wake);
    // What it left may disappear with the answer.
    if (got !== 'other' && !this.#lens.isDone) this.#lens.look();
    if (got === 'other') this.#takeCommands();
    else if (got) this.#received(got);
    else if (this.#endpoint.timeLeft(receiving.deadline) === 0) this.#timedOut(receiving);
  }

  #sliceMs(receiving: Receiving | null): number {
    const left = receiving ? this.#endpoint.timeLeft(receiving.deadline) : Number.POSITIVE_INFINITY;
    return Math.max(0, Math.min(SNAPSHOT_MS, this.#outbox.lookIn, left, this.#recorder.dueIn(), this.#planDueIn()));
  }

  #planDueIn(): number {
    if (this.#recorder.stalled) return Number.POSITIVE_INFINITY;
    return Math.min(this.#senders.dueIn(), this.#steps?.dueIn() ?? Number.POSITIVE_INFINITY);
  }

  #stepOutbox(): void {
    this.#outbox.step((bytes) => this.#watches.out.passed(bytes));
  }

  /** What the steps of a scenario do here. */
  #stepPort(steps: StepDriver): StepPort {
    return stepPort(steps, {
      outbox: this.#outbox,
      stepOutbox: () => this.#stepOutbox(),
      receive: (mode) => {
        this.#receiving = mode && { ...receiving(mode), isForStep: true };
      },
    });
  }

  #received(taken: Taken): void {
    switch (taken.kind) {
      case 'Message': {
        const seq = this.#recordMessage(taken.bytes);
        this.#senders.received(taken.bytes, seq);
        this.#watches.in.passed(taken.bytes.byteLength);
        this.#peerExited = false;
        break;
      }
      case 'Exit': {
        const lane = this.#endpoint.incoming.lane;
        const seq = this.#recorder.add({ kind: 'exit', lane, detail: 'The peer sent exit.' });
        this.#senders.exited(seq);
        this.#peerExited = true;
        if (this.#reconnects) this.#leaving ??= { to: 'reconnect', because: 'exit' };
        break;
      }
      case 'MessageError':
        this.#recorder.add({
          kind: 'error',
          lane: this.#endpoint.incoming.lane,
          code: 'unknown-flag',
          detail: taken.detail,
        });
        break;
    }
    this.#waitAnew();
  }

  #recordMessage(bytes: Uint8Array): number {
    const at = this.#recorder.now();
    return this.#recorder.add(
      {
        kind: 'message',
        lane: this.#endpoint.incoming.lane,
        bytes,
        unreadMicros: this.#watches.in.unreadMicros(at.mono),
      },
      at,
    );
  }

  #timedOut({ mode }: Receiving): void {
    this.#recorder.add({
      kind: 'timeout',
      lane: this.#endpoint.incoming.lane,
      detail: `No message for ${duration(mode.timeoutMs ?? 0)}.`,
    });
    this.#waitAnew();
  }

  #waitAnew(): void {
    const { mode, isForStep = false } = this.#receiving ?? {};
    this.#receiving = mode?.mode === 'continuous' ? { ...receiving(mode), isForStep } : null;
    // A caller that requested one message waits for this one.
    if (!this.#receiving && !isForStep) this.#recorder.flush();
  }

  #anomaly({ anomaly, direction, detail }: AnomalyReport): void {
    this.#recorder.anomaly({ code: anomaly, lane: laneOf(this.#channel.role, direction), detail });
  }

  #takeCommands(): void {
    while (this.#leaving?.to !== 'close') {
      const command = this.#inbox.take();
      if (!command) return;
      this.#execute(command);
    }
  }

  #execute(command: Command): void {
    const done = (value: unknown) => this.#reply(command.id, { ok: true, value });
    const fail = (error: unknown) => this.#reply(command.id, { ok: false, failure: toFailure(error) });
    const attempt = (act: () => void) => {
      try {
        act();
        done(undefined);
      } catch (error) {
        fail(error);
      }
    };
    switch (command.type) {
      case 'send':
        if (this.#recorder.stalled) fail(captureBehind());
        else this.#outbox.send(command.bytes, done, fail);
        break;
      case 'sendClose':
        this.#outbox.sendClose(done, fail);
        break;
      case 'startSending':
      case 'stopSending':
      case 'startReplay':
      case 'stopReplay':
      case 'stepReplay':
      case 'setResponder':
        attempt(() => {
          this.#senders.execute(command);
          // Its replies are received, however long that takes.
          if (command.type === 'startReplay') this.#listen();
        });
        break;
      case 'awaitRead':
        this.#senders.whenAnswered(() => this.#outbox.awaitRead(command.limitMs, done, fail));
        break;
      case 'setOverrun':
        this.#outbox.policy = command.policy;
        done(undefined);
        break;
      case 'receive':
        this.#receiving = receiving(command.mode);
        done(undefined);
        break;
      case 'cancelReceive':
        this.#receiving = null;
        done(undefined);
        break;
      case 'reconnect':
        this.#leaving ??= { to: 'reconnect', because: 'asked' };
        done(undefined);
        break;
      case 'close':
        this.#leaving = { to: 'close' };
        break;
      case 'lens':
        done(this.#lens.view());
        break;
      case 'note':
        this.#recorder.add({ kind: 'notice', detail: command.detail });
        done(undefined);
        break;
      case 'crosstalk':
        this.#recorder.add({ kind: 'anomaly', code: 'event-crosstalk', detail: command.detail });
        done(undefined);
        break;
      case 'perform':
        try {
          if (!this.#steps) throw new ShmscopeError('invalid-argument', 'The session is of no scenario.');
          this.#steps.perform(command.program, done, fail);
        } catch (error) {
          fail(error);
        }
        break;
      case 'stopPerforming':
        this.#steps?.stop();
        done(undefined);
        break;
      case 'setTapMode':
        fail(new ShmscopeError('invalid-argument', 'Only a tap has a mode.'));
    }
  }

  #listen(): void {
    if (this.#receiving?.mode.mode === 'continuous') return;
    this.#receiving = receiving({ mode: 'continuous', timeoutMs: MAX_TIMEOUT_MS });
  }

  #tellIfDue(): void {
    const now = performance.now();
    if (now < this.#snapshotAt + SNAPSHOT_MS) return;
    this.#snapshotAt = now;
    this.#tellSteps();
    this.#lookAtSlots();
    const live = this.live;
    const reported = JSON.stringify(live);
    if (reported === this.#reported) return;
    this.#reported = reported;
    this.#post({ type: 'snapshot', live });
  }

  #tellSteps(): void {
    const progress = this.#steps?.takeProgress() ?? [];
    if (progress.length > 0) this.#post({ type: 'steps', progress });
  }

  #lookAtSlots(): void {
    this.#channel.check();
    this.#lens.look();
    // Elsewhere there are no slots of ours to look at.
    if (!this.#endpoint.look()) {
      if (this.#endpoint.moved !== null) this.#isElsewhere(this.#endpoint.moved);
      return;
    }
    const now = this.#recorder.now();
    this.#watches.out.look(now);
    const { replaced } = this.#watches.in.look(now, { compares: !this.#receiving });
    if (!replaced || this.#receiving) return;
    this.#anomaly({
      anomaly: 'overrun',
      direction: 'in',
      detail: "The peer replaced a message we hadn't received yet: the previous message is lost.",
    });
  }

  #isElsewhere(moved: string): void {
    this.#senders.lost(toFailure(new ShmscopeError('header-changed', moved)));
    if (this.#reconnects) this.#leaving ??= { to: 'reconnect', because: 'moved' };
  }

  #reply(id: number, result: Result<unknown>): void {
    this.#post({ type: 'reply', id, result });
  }
}

function receiving(mode: ReceiveMode): Receiving {
  return { mode, deadline: mode.timeoutMs === null ? Number.POSITIVE_INFINITY : performance.now() + mode.timeoutMs };
}

function captureBehind(): ShmscopeError {
  return new ShmscopeError(
    'capture-failed',
    "Nothing was sent, because the capture is behind or can't be written, so the message couldn't be logged. Check the capture's state, then send again.",
  );
}

const duration = (ms: number) => (ms < 1000 ? `${ms} ms` : `${(ms / 1000).toLocaleString('en-US')} s`);
