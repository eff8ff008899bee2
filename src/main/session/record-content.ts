import type { Anomaly, Lane } from '../../shared/domain.ts';
import type { FailureCode } from '../../shared/failure.ts';
import type { Kind } from '../../shared/record-kind.ts';

/** What a record says, before it has a number and a time. */
export interface RecordContent {
  readonly kind: Kind;
  /** The slot that it is about; omitted if none. */
  readonly lane?: Lane;
  readonly bytes?: Uint8Array;
  readonly code?: Anomaly | FailureCode;
  readonly detail?: string;
  /** See `RecordDraft.count`; 1 if omitted. */
  readonly count?: number;
  /** µs that a message was unread, if known by now. */
  readonly unreadMicros?: number;
  /** A message that was in its slot before the session opened: when it was sent is unknown. */
  readonly wasThere?: boolean;
}
