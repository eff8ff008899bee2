import type { EncodingChoice } from '../../../shared/text/encodings.ts';
import type { CapturedSession } from '../store/captured-session.ts';
import type { WholeRecord } from './records.ts';

/** What the head of a file can say. */
export interface ExportHead {
  readonly session: CapturedSession;
  /** How payloads are read. */
  readonly readAs: EncodingChoice;
  /** Requested records. */
  readonly asked: number;
  /** Records that the file will hold. */
  readonly held: number;
}

/** Text, which is written as UTF-8, or bytes as they are. */
export type Piece = string | Uint8Array;

/** How records are written. A record comes in pieces, so that no payload is too large. */
export interface Format<P extends Piece = Piece> {
  readonly extension: string;
  /** In the job's title. */
  readonly name: string;
  /** Most records of one file. */
  readonly maxRecords: number;
  /** Why no more, where there is a limit. */
  readonly limit?: string;
  readonly head: (head: ExportHead) => P;
  readonly record: (record: WholeRecord) => Iterable<P>;
  readonly foot: (head: ExportHead) => P;
  /** What the user should know of what was written, if anything. */
  readonly note?: () => string | null;
}
