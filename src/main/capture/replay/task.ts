import type { Role } from '../../../shared/domain.ts';
import type { ReplayPlan } from '../../../shared/replay/replay.ts';

/** What is read of a capture to be replayed. */
export interface FeedTask {
  /** The capture file; it may be written meanwhile. */
  readonly file: string;
  /** Number within the capture. */
  readonly session: number;
  /** The end whose messages are sent. */
  readonly as: Role;
  readonly plan: ReplayPlan;
  /** worker.ts of the capture, or what the build made of it. */
  readonly captureWorker: string;
}
