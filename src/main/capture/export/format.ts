import type { EncodingChoice } from '../../../shared/text/encodings.ts';
import type { CapturedSession } from '../store/captured-session.ts';
import type { WholeRecord } from './records.ts';

/** What a file's header can say. */
export interface ExportHead {
  readonly session: CapturedSession;
  /** How payloads are read. */
  readonly readAs: EncodingChoice;
  /** Requested records. */
  readonly asked: number;
  /** Records that the file will hold. */
  readonly held: number;
}

/** Text, written as UTF-8, or raw bytes. */
export type Piece = string | Uint8Array;

/** How records are written. A record comes in pieces, so no payload is too large. */
export interface Format<P extends Piece = Piece> {
  readonly extension: string;
  /** In the job's title. */
  readonly name: string;
  /** The most records in one file. */
  readonly maxRecords: number;
  /** Why there is a limit, if there is one. */
  readonly limit?: string;
  readonly head: (head: ExportHead) => P;
  readonly record: (record: WholeRecord) => Iterable<P>;
  readonly foot: (head: ExportHead) => P;
  /** What to tell the user about what was written, if anything. */
  readonly note?: () => string | null;
}
