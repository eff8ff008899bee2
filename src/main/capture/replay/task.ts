import type { Role } from '../../../shared/domain.ts';
import type { ReplayPlan } from '../../../shared/replay/replay.ts';

/** What is read from a capture for a replay. */
export interface FeedTask {
  /** The capture file; it may be written to meanwhile. */
  readonly file: string;
  /** Number within the capture. */
  readonly session: number;
  /** The end whose messages are sent. */
  readonly as: Role;
  readonly plan: ReplayPlan;
  /** worker.ts of the capture, or its built file. */
  readonly captureWorker: string;
}
