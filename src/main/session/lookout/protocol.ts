import type { MessagePort } from 'node:worker_threads';
import type { Spot } from '../../channel/tap/tap.ts';
import type { Lease } from '../../kernel/kernel.ts';

/** Main thread → idle worker: be the lookout. */
export interface LookoutAssignment {
  /** Takes {@link Resting}, and `end`. */
  readonly lookout: MessagePort;
  /** The event that the main thread sets after each message. */
  readonly wake: bigint;
}

/** A tap on whose channel nothing happens, as it describes itself. */
export interface Outlook {
  /** Of its `Rest`. */
  readonly ticket: number;
  /** Of its section, which is open until the rest is over. */
  readonly view: Lease;
  /** As long as these bytes are there, nothing has happened. */
  readonly spots: readonly Spot[];
}

/** Main thread → lookout. */
export interface Resting extends Outlook {
  readonly rest: SharedArrayBuffer;
  /** The event that wakes the tap. */
  readonly wake: bigint;
}
