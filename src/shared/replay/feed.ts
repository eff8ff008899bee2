import type { Failure } from '../failure.ts';
import type { CompiledTypes } from '../types/compiled/compiled.ts';

/**
 * What is replayed, on its way from the thread that reads the capture to the session's. Two chunks are ahead; each that
 * was taken is answered with `more`.
 */

/**
 * `send` and `sendExit`: what the end that is replayed sent; `reply` and `exit`: what its peer sent. `at`: µs from the
 * first item of the recording, loops one after another.
 */
export interface FeedItem {
  readonly kind: 'send' | 'sendExit' | 'reply' | 'exit';
  /** Number of its record in the capture. */
  readonly seq: number;
  readonly at: number;
  /** Where its payload is in the chunk's bytes; of a reply only where replies are compared. */
  readonly offset: number;
  readonly size: number;
}

export type FeedMessage =
  | { readonly items: readonly FeedItem[]; readonly payload: Uint8Array<ArrayBuffer>; readonly isLast: boolean }
  /** Nothing follows. */
  | { readonly failure: Failure };

/** What is known of it before it begins. */
export interface FeedHead {
  /** The capture's file name. */
  readonly capture: string;
  /** Number within the capture. */
  readonly session: number;
  /** The name of the section that it was recorded on. */
  readonly section: string;
  /** Messages to be sent, and replies that followed them, of one loop. */
  readonly sends: number;
  readonly replies: number;
  /** The largest message to be sent. */
  readonly largest: { readonly seq: number; readonly size: number };
  /** It begins with a message of the peer. */
  readonly peerBegins: boolean;
  /** Messages that are known to be missing in the recording. */
  readonly missed: number;
  /** What can't be read of the capture; null where all can. */
  readonly damage: string | null;
  /** By which the capture's messages were read. */
  readonly types: CompiledTypes;
}
