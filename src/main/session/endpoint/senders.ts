import { type Failure, ShmscopeError } from '../../../shared/failure.ts';
import type { EndpointSnapshot } from '../../../shared/session.ts';
import type { Endpoint } from '../../channel/endpoint.ts';
import type { Command, ReplayCommand } from '../protocol.ts';
import type { Recorder } from '../recorder.ts';
import type { Outbox } from './outbox.ts';
import type { ReplayRun } from './replay/replay-run.ts';
import { startReplay } from './replay/start-replay.ts';
import type { Responder } from './responder/responder.ts';
import { SendingPlan } from './sending-plan.ts';

interface Channel {
  readonly endpoint: Endpoint;
  readonly outbox: Outbox;
  readonly recorder: Recorder;
}

/** The commands about automatic sending. */
export type SenderCommand = Command & {
  readonly type: 'startSending' | 'stopSending' | 'startReplay' | 'stopReplay' | 'stepReplay' | 'setResponder';
};

/** What sends automatically on an open channel: a plan or a replay, and the rules that respond. */
export class Senders {
  readonly #channel: Channel;
  readonly #responder: Responder;
  #plan: SendingPlan | null = null;
  #replay: ReplayRun | null = null;

  /** @param responder the session's, which continues with the next channel */
  constructor(channel: Channel, responder: Responder) {
    this.#channel = channel;
    this.#responder = responder;
    responder.outbox = channel.outbox;
  }

  get state(): Pick<EndpointSnapshot, 'plan' | 'replay' | 'responder'> {
    return {
      plan: this.#plan?.progress ?? null,
      replay: this.#replay?.progress ?? null,
      responder: this.#responder.state,
    };
  }

  /** Throws ShmscopeError saying why it can't be done. */
  execute(command: SenderCommand): void {
    switch (command.type) {
      case 'startSending':
        this.#checkIdle();
        this.#plan = new SendingPlan(command.plan, this.#channel.outbox, () => this.#channel.recorder.now());
        break;
      case 'stopSending':
        this.#plan?.stop();
        break;
      case 'startReplay':
        this.#startReplay(command);
        break;
      case 'stopReplay':
        this.#replay?.stop(command.failure);
        break;
      case 'stepReplay':
        this.#replay?.go();
        break;
      case 'setResponder':
        this.#responder.set(command.responder);
    }
  }

  step(): void {
    this.#plan?.step();
    this.#replay?.step();
    this.#responder.step();
  }

  /** ms until there is something to do; Infinity if there isn't. */
  dueIn(): number {
    const none = Number.POSITIVE_INFINITY;
    return Math.min(this.#plan?.dueIn() ?? none, this.#replay?.dueIn() ?? none, this.#responder.dueIn());
  }

  /** A message has arrived, as record `seq`; the caller may reuse its bytes afterwards. */
  received(bytes: Uint8Array, seq: number): void {
    this.#replay?.received(bytes, seq);
    this.#responder.received(bytes, seq);
  }

  exited(seq: number): void {
    this.#replay?.exited(seq);
  }

  /** Called when all replies are in the outbox. */
  whenAnswered(act: () => void): void {
    this.#responder.whenIdle(act);
  }

  /** The channel is no longer the one that was opened: no reply can come any more. */
  lost(failure: Failure): void {
    this.#replay?.lost(failure);
  }

  /** The channel is being left. */
  stop(): void {
    this.#plan?.stop();
    this.#replay?.stop();
    this.#responder.outbox = null;
  }

  #startReplay(command: ReplayCommand): void {
    const { endpoint, outbox, recorder } = this.#channel;
    try {
      this.#checkIdle();
      const channel = { incoming: endpoint.incoming.lane, capacity: endpoint.bufferSize };
      this.#replay = startReplay(command, { outbox, recorder, ...channel });
    } catch (error) {
      command.feed.close();
      throw error;
    }
  }

  #checkIdle(): void {
    if (!this.#plan?.running && !this.#replay?.running) return;
    throw new ShmscopeError('busy', 'Messages are already being sent. Stop that first or wait until it ends.');
  }
}
