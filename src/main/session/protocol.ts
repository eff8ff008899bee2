import type { MessagePort } from 'node:worker_threads';
import type { Access } from '../../shared/access.ts';
import type { Layout, OverrunPolicy } from '../../shared/domain.ts';
import type { Failure, Result } from '../../shared/failure.ts';
import type { SendPlan } from '../../shared/sending.ts';
import type { EndpointSnapshot, OpenEndpoint, ReceiveMode } from '../../shared/session.ts';
import type { SessionCounts } from '../../shared/session-counts.ts';

/** Main thread → idle worker: take this session. Answered on `commands` with `opened` or `ended`. */
export interface Assignment {
  readonly session: number;
  readonly options: OpenEndpoint;
  /** Where its records' `mono` begins, on the clock that all threads share. */
  readonly began: number;
  /** The event that the main thread sets after each command; ends any wait. */
  readonly wake: bigint;
  readonly commands: MessagePort;
  /** See {@link Holdings}. */
  readonly holdings: SharedArrayBuffer;
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
  /** Returns whether the peer has read what was sent last, after `limitMs` (may be Infinity) at the latest. */
  | { readonly type: 'awaitRead'; readonly limitMs: number }
  /** Closes the channel and waits for the next server, with the same options and log. */
  | { readonly type: 'reconnect' }
  | { readonly type: 'close' }
);

/** The part of a snapshot that the worker knows. */
export type LiveSnapshot = Pick<
  EndpointSnapshot,
  'overrun' | 'receiving' | 'sending' | 'plan' | 'peerExited' | 'moved' | 'slots' | 'counts' | 'rate' | 'records'
>;

/** Worker → main thread. */
export type WorkerMessage =
  | {
      readonly type: 'opened';
      readonly layout: Layout;
      readonly capacity: number;
      readonly access: Access | null;
      readonly live: LiveSnapshot;
    }
  /** There is no channel, or none any more; `opened` or `ended` follows. */
  | { readonly type: 'waiting'; readonly why: string; readonly counts: SessionCounts }
  | { readonly type: 'reply'; readonly id: number; readonly result: Result<unknown> }
  | { readonly type: 'snapshot'; readonly live: LiveSnapshot }
  /** The last message of a session: every handle is released; the failure says why, where nobody asked for it. */
  | { readonly type: 'ended'; readonly failure: Failure | null; readonly live: LiveSnapshot | null };
