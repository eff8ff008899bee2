import * as v from 'valibot';
import { type Anomaly, integer, type Lane } from './domain.ts';
import type { Failure, FailureCode } from './failure.ts';
import { MAX_FILTER_TEXT } from './filter/ast.ts';
import type { Kind } from './record-kind.ts';
import type { LaneView } from './session-kind.ts';
import { encodingChoiceSchema } from './text/encodings.ts';

/** The longest preview in bytes. */
export const PREVIEW_BYTES = 160;
/** The most rows in one answer. */
export const MAX_ROWS = 1000;
/** The most runs that one request expands. */
export const MAX_UNFOLDED = 100;
/** The most payload bytes in one answer. */
export const MAX_PAYLOAD_SLICE = 1024 * 1024;

/** A row of the log without its payload. */
export interface RecordHead {
  /** 0-based and gapless within its session. */
  readonly seq: number;
  readonly kind: Kind;
  /** The slot that it is about, null if none. */
  readonly lane: Lane | null;
  /** Wall clock, µs since 1970-01-01 UTC. */
  readonly wall: number;
  /** Monotonic, µs since the session began. Differences between records are taken from this one. */
  readonly mono: number;
  /** Payload bytes, 0 if the kind has none. */
  readonly size: number;
  /** Which anomaly or failure, for those kinds. */
  readonly code: Anomaly | FailureCode | null;
  /** A sentence; for a message only if a rule has sent it, saying which one. */
  readonly detail: string | null;
  /** How often what the row says happened: 1, except for an anomaly that repeats too fast for a row each. */
  readonly count: number;
}

/** A record as its session sees it. */
export interface SeenRecord extends RecordHead {
  /** Its lane, as the session sees it. */
  readonly direction: LaneView | null;
}

/** A record on its way from the endpoint to the capture. */
export interface RecordDraft extends RecordHead {
  /** Where the payload begins in the batch's bytes; `size` says how much. */
  readonly offset: number;
  /** Of a message, if known by now: see {@link LogRow.unreadMicros}. */
  readonly unreadMicros?: number | null;
}

/** A message that was seen to have been read after its record had gone out. */
export interface LateRead {
  readonly seq: number;
  readonly lane: Lane;
  /** As in its record. */
  readonly mono: number;
  readonly unreadMicros: number;
}

/** What a session's worker hands over at once, packed: see batch-form.ts. */
export interface RecordBatch {
  readonly session: number;
  readonly records: readonly RecordDraft[];
  /** The payloads one after another. */
  readonly payload: Uint8Array<ArrayBuffer>;
  /** Of messages in earlier batches. */
  readonly reads?: readonly LateRead[];
}

/**
 * The answer to a batch: the session's committed records, counted from the first one; or why its batches are no longer
 * accepted, after which the port is closed.
 */
export type CommitReply = { readonly committed: number } | { readonly failure: Failure };

/**
 * Timeouts, or records of one anomaly in one direction, that are consecutive in the log and in the filter's result; two
 * or more, none marked.
 */
export interface Run {
  /** Record numbers; those in between belong to it too. */
  readonly first: number;
  readonly last: number;
  /** When the last one was: wall clock and monotonic, as in a record. Null if the run is expanded. */
  readonly until: { readonly wall: number; readonly mono: number } | null;
}

/** What a message replies to. */
interface Reply {
  readonly seq: number;
  /** µs from that message to its reply. */
  readonly latency: number;
}

/** A row as the window shows it. */
export interface LogRow extends SeenRecord {
  /** µs since the previous record in the session, null for the first. */
  readonly delta: number | null;
  /** Of a message: the one in the other lane that it replies to. */
  readonly reply: Reply | null;
  /** The first bytes of the payload, at most {@link PREVIEW_BYTES}. */
  readonly preview: Uint8Array;
  /** µs that a message was unread in its slot, as far as could be seen; null if unknown. */
  readonly unreadMicros: number | null;
  /** The label of its mark, null without a mark. */
  readonly mark: string | null;
  readonly note: string | null;
  /** What the row stands for, its first record being the row's, if `until` is given; otherwise what it is part of. */
  readonly run: Run | null;
}

const sessionId = integer('Session', 1, Number.MAX_SAFE_INTEGER);
const position = integer('Position', 0, Number.MAX_SAFE_INTEGER);

const FILTER_RULE = `A filter is a text of at most ${MAX_FILTER_TEXT} characters.`;

/** Which rows there are, and in which order: what positions count in. */
export const listing = {
  session: sessionId,
  /** In the language of filter/: `filter-invalid` says where it has a mistake. Empty: every record. */
  filter: v.pipe(v.string(FILTER_RULE), v.maxLength(MAX_FILTER_TEXT, FILTER_RULE)),
  /** How payloads are read unless the filter says otherwise. Omitted: as UTF-8. */
  encoding: v.optional(encodingChoiceSchema),
  /** A run is one row, unless it contains one of the records `unfolded`. Omitted: every record is a row. */
  fold: v.optional(
    v.strictObject({
      unfolded: v.pipe(
        v.array(position),
        v.maxLength(MAX_UNFOLDED, `At most ${MAX_UNFOLDED} runs can be unfolded at once.`),
      ),
    }),
  ),
};
export type Listing = v.InferOutput<v.StrictObjectSchema<typeof listing, undefined>>;

export const rowQuerySchema = v.strictObject({
  ...listing,
  /** Position in the listing, not a record number. */
  from: position,
  count: integer('Count', 0, MAX_ROWS),
  /** Only this many first records of the session exist, as in a paused view. Omitted: all. */
  until: v.optional(position),
});
export type RowQuery = v.InferOutput<typeof rowQuerySchema>;

/** Progress of a search. */
export interface Progress {
  /** Records scanned, from the first one. */
  readonly scanned: number;
  /** All committed ones were scanned. */
  readonly complete: boolean;
}

export interface RowPage {
  /** Rows of the listing as far as `progress` has come; ask again for more. */
  readonly total: number;
  /** What `total` would be if nothing were folded or left out at the end. */
  readonly found: number;
  /** Committed records in the session. */
  readonly records: number;
  readonly from: number;
  readonly rows: readonly LogRow[];
  readonly progress: Progress;
}

export const payloadQuerySchema = v.strictObject({
  session: sessionId,
  seq: position,
  offset: position,
  length: integer('Length', 0, MAX_PAYLOAD_SLICE),
});
export type PayloadQuery = v.InferOutput<typeof payloadQuerySchema>;
