import type { Anomaly, Lane } from '../../shared/domain.ts';
import type { FailureCode } from '../../shared/failure.ts';
import type { Kind } from '../../shared/record-kind.ts';

/** What a record says, before it has a number and a time. */
export interface RecordContent {
  readonly kind: Kind;
  /** The slot that it is about; left out where it is about none. */
  readonly lane?: Lane;
  readonly bytes?: Uint8Array;
  readonly code?: Anomaly | FailureCode;
  readonly detail?: string;
  /** See `RecordDraft.count`; 1 where it is left out. */
  readonly count?: number;
  /** µs that a message stood unread, where that is known by now. */
  readonly unreadMicros?: number;
  /** A message that was in its slot before the session opened: when it was sent is not known. */
  readonly wasThere?: boolean;
}
