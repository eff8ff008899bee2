import type { Failure } from '../failure.ts';
import type { CompiledTypes } from '../types/compiled/compiled.ts';

/**
 * What is replayed, on its way from the thread that reads the capture to the session's. It is two chunks ahead; each
 * one taken is answered with `more`.
 */

/**
 * `send` and `sendExit`: what the replayed end sent; `reply` and `exit`: what its peer sent. `at`: µs from the first
 * item of the recording, loops one after another.
 */
export interface FeedItem {
  readonly kind: 'send' | 'sendExit' | 'reply' | 'exit';
  /** Number of its record in the capture. */
  readonly seq: number;
  readonly at: number;
  /** Where its payload is in the chunk's bytes; for a reply only if replies are compared. */
  readonly offset: number;
  readonly size: number;
}

export type FeedMessage =
  | { readonly items: readonly FeedItem[]; readonly payload: Uint8Array<ArrayBuffer>; readonly isLast: boolean }
  /** Nothing follows. */
  | { readonly failure: Failure };

/** What is known about it before it begins. */
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
  /** It begins with a message from the peer. */
  readonly peerBegins: boolean;
  /** Messages known to be missing in the recording. */
  readonly missed: number;
  /** What can't be read of the capture; null if everything can. */
  readonly damage: string | null;
  /** The types that the capture's messages were read with. */
  readonly types: CompiledTypes;
}
