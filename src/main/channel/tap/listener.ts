import type { Anomaly, Lane } from '../../../shared/domain.ts';
import type { Geometry } from '../layout.ts';

/** Something that should not happen, or that could not be seen, with a sentence that says what and where. */
export interface TapAnomaly {
  readonly anomaly: Anomaly;
  readonly lane: Lane;
  readonly detail: string;
}

/** The state of a message when found: not read yet; read when first seen; there before the tap came. */
export interface Found {
  readonly isUnread: boolean;
  readonly wasThere: boolean;
}

/** Receives what a tap sees, in the order in which it was first seen; `at` is when, in ms of the tap's clock. */
export interface TapListener {
  /** The slots are where `geometry` says. */
  located(geometry: Geometry): void;
  /** `bytes` are valid until this returns. */
  message(lane: Lane, bytes: Uint8Array, found: Found, at: number): void;
  /** The lane's last message, which was found unread, has been read since the last look. */
  read(lane: Lane, at: number): void;
  exit(lane: Lane, at: number): void;
  anomaly(anomaly: TapAnomaly): void;
}
