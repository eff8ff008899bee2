import type { Anomaly, Direction } from '../../shared/domain.ts';

/** Something that should not happen on a channel, with a sentence that says what and where. */
export interface AnomalyReport {
  readonly anomaly: Anomaly;
  readonly direction: Direction;
  readonly detail: string;
}

/** What a receive ends with, in the crate's words; `cancelled` is ours. */
export type ReceiveResult =
  /** The bytes are a copy, valid until the next message is taken. */
  | { readonly kind: 'Message'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'Timeout' }
  | { readonly kind: 'Exit' }
  | { readonly kind: 'MessageError'; readonly detail: string }
  | { readonly kind: 'Cancelled' };

/** What was in the slot when it was looked at. */
export type Taken = Exclude<ReceiveResult, { kind: 'Timeout' } | { kind: 'Cancelled' }>;
