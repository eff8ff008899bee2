import type { MessagePort } from 'node:worker_threads';
import type { OverrunPolicy } from '../../shared/domain.ts';
import type { Failure, Result } from '../../shared/failure.ts';
import type { RawQuery } from '../../shared/raw.ts';
import type { FeedHead } from '../../shared/replay/feed.ts';
import type { ReplayPlan } from '../../shared/replay/replay.ts';
import type { ResponderRules } from '../../shared/responder/schema.ts';
import type { SeenAnomaly } from '../../shared/scenario/anomalies.ts';
import type { StepProgram } from '../../shared/scenario/program.ts';
import type { StepProgress } from '../../shared/scenario/report.ts';
import type { SendPlan } from '../../shared/sending.ts';
import type { LiveSession, OpenOptions, ReceiveMode, TapMode } from '../../shared/session.ts';
import type { Ability } from '../../shared/session-kind.ts';
import type { AbiId } from '../../shared/types/abi.ts';
import type { CompiledTypes } from '../../shared/types/compiled/compiled.ts';
import type { AlarmPort } from './alarms/protocol.ts';
import type { Outlook } from './lookout/protocol.ts';

/** Main thread → idle worker: take this session. Answered on `commands` with `opened` or `ended`. */
export interface Assignment {
  readonly session: number;
  readonly options: OpenOptions;
  /** Where its records' `mono` begins, on the clock that all threads share. */
  readonly began: number;
  /** The event that the main thread sets after each command; ends any wait. */
  readonly wake: bigint;
  readonly commands: MessagePort;
  /** See {@link Holdings}. */
  readonly holdings: SharedArrayBuffer;
  readonly alarms: AlarmPort;
  /** See `Rest`. */
  readonly rest: SharedArrayBuffer;
  /** It performs the steps of a scenario, which see its first record too. */
  readonly doesSteps: boolean;
  /** Takes PackedBatch, answers `{ committed }`. */
  readonly records: MessagePort;
}

/** Main thread → working worker. Each is answered with a `reply` of the same id, `close` with `ended`. */
export type Command = { readonly id: number } & (
  | { readonly type: 'send'; readonly bytes: Uint8Array }
  | { readonly type: 'setOverrun'; readonly policy: OverrunPolicy }
  | { readonly type: 'receive'; readonly mode: ReceiveMode }
  | { readonly type: 'cancelReceive' }
  | { readonly type: 'sendClose' }
  | { readonly type: 'startSending'; readonly plan: SendPlan }
  | { readonly type: 'stopSending' }
  | ({ readonly type: 'startReplay' } & ReplayCommand)
  /** `failure`: why it can't continue. */
  | { readonly type: 'stopReplay'; readonly failure: Failure | null }
  | { readonly type: 'stepReplay' }
  /** null: no more rules. */
  | { readonly type: 'setResponder'; readonly responder: SetResponder | null }
  /** Returns whether the peer has read the last message, after at most `limitMs` (may be Infinity). */
  | { readonly type: 'awaitRead'; readonly limitMs: number }
  /** Closes the channel and waits for the next server, with the same options and log. */
  | { readonly type: 'reconnect' }
  | { readonly type: 'setTapMode'; readonly mode: TapMode }
  /** Returns a LensView. */
  | { readonly type: 'lens' }
  /** Another channel uses the same events, as seen from outside the session. */
  | { readonly type: 'crosstalk'; readonly detail: string }
  /** Returns the current bytes. */
  | ({ readonly type: 'rawBytes' } & RawQuery)
  /** See `Api.watchFrom`. */
  | { readonly type: 'watchFrom'; readonly offset: number }
  /** Returns the number of its record. */
  | { readonly type: 'takeSnapshot' }
  /** See `OpenRaw.snapshotMs`. */
  | { readonly type: 'setSnapshotInterval'; readonly ms: number | null }
  /** Records something that was learnt about its channel elsewhere. */
  | { readonly type: 'note'; readonly detail: string }
  /** Performs the steps of a scenario; returns {@link Performed} when they are done. */
  | { readonly type: 'perform'; readonly program: StepProgram }
  /** Stops them where they are. */
  | { readonly type: 'stopPerforming' }
  | { readonly type: 'close' }
);

export interface ReplayCommand {
  readonly plan: ReplayPlan;
  readonly head: FeedHead;
  /** Takes `more`, sends FeedMessages; the session closes it. */
  readonly feed: MessagePort;
  /** The rules that replies are compared by. */
  readonly types: CompiledTypes;
}

/** Rules by which an end responds. */
export interface SetResponder {
  readonly rules: ResponderRules;
  readonly types: CompiledTypes;
  /** Of types that name none. */
  readonly abi: AbiId;
}

/** What a session must be able to do for a command. */
export const NEEDED: Readonly<Record<Exclude<Command['type'], 'close' | 'note'>, Ability>> = {
  send: 'send',
  setOverrun: 'send',
  startSending: 'send',
  stopSending: 'send',
  startReplay: 'send',
  stopReplay: 'send',
  stepReplay: 'send',
  setResponder: 'send',
  awaitRead: 'send',
  sendClose: 'sendClose',
  receive: 'receive',
  cancelReceive: 'receive',
  reconnect: 'reconnect',
  setTapMode: 'sample',
  lens: 'observe',
  crosstalk: 'observe',
  rawBytes: 'inspect',
  watchFrom: 'inspect',
  takeSnapshot: 'inspect',
  setSnapshotInterval: 'inspect',
  perform: 'observe',
  stopPerforming: 'observe',
};

/** What the main thread knows about a session without its thread. */
type Known =
  | 'id'
  | 'kind'
  | 'role'
  | 'section'
  | 'eventS2c'
  | 'eventC2s'
  | 'state'
  | 'waiting'
  | 'failure'
  | 'committed'
  | 'openedAt'
  | 'closedAt'
  | 'began'
  | 'lasted'
  | 'isOfTest'
  | 'alarms';

/** The part of a snapshot that the worker knows. */
export type Live<S extends LiveSession = LiveSession> = S extends LiveSession ? Omit<S, Known> : never;

/** Worker → main thread. */
export type WorkerMessage =
  | { readonly type: 'opened'; readonly live: Live }
  /** There is nothing to open, or no longer; `opened` or `ended` follows. */
  | { readonly type: 'waiting'; readonly why: string; readonly live: Live }
  | { readonly type: 'reply'; readonly id: number; readonly result: Result<unknown> }
  | { readonly type: 'snapshot'; readonly live: Live }
  /** A tap on whose channel nothing happens rests until the lookout wakes it, or until its own next look. */
  | { readonly type: 'rests'; readonly outlook: Outlook }
  /** Changes in the steps being performed. */
  | { readonly type: 'steps'; readonly progress: readonly StepProgress[] }
  /**
   * The last message of a session: every handle is released; the failure says why, if nobody asked for it. `anomalies`:
   * all that it has recorded, if it performs the steps of a scenario.
   */
  | {
      readonly type: 'ended';
      readonly failure: Failure | null;
      readonly live: Live | null;
      readonly anomalies: readonly SeenAnomaly[];
    };
