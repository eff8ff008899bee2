import type { AlarmState } from '../../../shared/alarm/alarm.ts';
import type { Result } from '../../../shared/failure.ts';

/** Main thread → session's thread, over a port of their own: what to watch for from now on. Answered with `set`. */
export interface SetAlarms {
  readonly id: number;
  readonly texts: readonly string[];
}

/** Session's thread → main thread. */
export type AlarmMessage =
  | { readonly type: 'set'; readonly id: number; readonly result: Result<unknown> }
  | { readonly type: 'states'; readonly states: readonly AlarmState[] };
