import type { Clock, Kernel, KernelEvent } from '../kernel/kernel.ts';
import { Holdings } from './holdings.ts';
import { Inbox } from './inbox.ts';
import { Rest } from './lookout/rest.ts';
import type { Assignment, WorkerMessage } from './protocol.ts';
import type { Recorder } from './recorder.ts';
import type { StepDriver } from './steps/step-driver.ts';

/** What the thread of a session of any kind works with. */
export interface SessionParts {
  readonly kernel: Kernel;
  /** Set by the main thread after each command. */
  readonly wake: KernelEvent;
  readonly clock: Clock;
  readonly inbox: Inbox;
  readonly holdings: Holdings;
  readonly rest: Rest;
  readonly recorder: Recorder;
  readonly post: (message: WorkerMessage) => void;
  /** Performs the steps of a scenario; null if the session belongs to none. */
  readonly steps: StepDriver | null;
}

/** The result of `work`; in any case, what the session's thread holds for itself is released. */
export function withParts<T>(
  kernel: Kernel,
  assignment: Assignment,
  given: Pick<SessionParts, 'recorder' | 'post' | 'steps'>,
  work: (parts: SessionParts) => T,
): T {
  const wake = kernel.attachEvent(assignment.wake);
  const clock = kernel.clock();
  const holdings = new Holdings(assignment.holdings);
  const rest = new Rest(assignment.rest);
  try {
    return work({ ...given, kernel, wake, clock, inbox: new Inbox(assignment.commands), holdings, rest });
  } finally {
    holdings.clear();
    wake.close();
    clock.close();
  }
}
