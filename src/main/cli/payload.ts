import type { Lane } from '../../shared/domain.ts';
import type { LaneView } from '../../shared/session-kind.ts';

/** One message, and where it comes from. */
export interface Payload {
  readonly head?: PayloadHead;
  readonly bytes: Uint8Array;
}

interface PayloadHead {
  readonly seq: number;
  /** µs since 1970. */
  readonly wall: number;
  readonly direction: LaneView | null;
  readonly lane: Lane | null;
  /** The section's name. */
  readonly channel?: string;
  /** In a capture with several. */
  readonly session?: number;
}
