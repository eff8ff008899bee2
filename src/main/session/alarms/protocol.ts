import type { MessagePort } from 'node:worker_threads';
import type { AlarmState } from '../../../shared/alarm/alarm.ts';
import type { Result } from '../../../shared/failure.ts';
import type { CompiledTypes } from '../../../shared/types/compiled/compiled.ts';

/** Messages about alarms between the main thread and a session's thread. */
export interface AlarmPort {
  /** Takes {@link SetAlarms} and {@link SetTypes}, sends {@link AlarmMessage}s. */
  readonly port: MessagePort;
  /** One i32, not 0 once something was sent to the thread: checking a port costs too much for every turn of a loop. */
  readonly signal: SharedArrayBuffer;
}

/** Main thread → session's thread, over a port of their own: what to watch for from now on. Answered with `set`. */
export interface SetAlarms {
  readonly id: number;
  readonly texts: readonly string[];
}

/** Main thread → session's thread, over the same port: the types that its messages are read with. Not answered. */
export interface SetTypes {
  readonly types: CompiledTypes;
}

/** Session's thread → main thread. */
export type AlarmMessage =
  | { readonly type: 'set'; readonly id: number; readonly result: Result<unknown> }
  | { readonly type: 'states'; readonly states: readonly AlarmState[] };
