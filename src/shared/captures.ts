import * as v from 'valibot';
import type { Failure } from './failure.ts';
import type { SeenRecord } from './log.ts';
import type { SessionCounts } from './session-counts.ts';
import type { Viewpoint } from './session-kind.ts';

/** Session numbers from here on belong to captures that were opened to be read; below are those being recorded. */
export const FIRST_OPENED_SESSION = 1_000_000;
/** Most captures that are open to be read at once: each has a thread. */
export const MAX_OPENED = 8;
export const MAX_TITLE = 200;
/** Most numbers of records that a comparison lists for one side. */
export const MAX_DIFFERENCES = 100;

/** A file's name within the captures folder: no path, and nothing that Windows gives a meaning to. */
export const captureFileSchema = v.pipe(
  v.string(),
  v.maxLength(200, 'The capture name is too long.'),
  v.regex(
    /^[^./\\:*?"<>|\p{Cc}][^/\\:*?"<>|\p{Cc}]*\.sqlite$/u,
    'A capture name looks like capture-20251231-235959.sqlite.',
  ),
);

export const titleSchema = v.nullable(
  v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1, 'A title needs at least one character.'),
    v.maxLength(MAX_TITLE, `A title can have at most ${MAX_TITLE} characters.`),
  ),
);

/** A session as the list of captures tells it. */
export interface CapturedSessionInfo {
  /** Number within its file. */
  readonly session: number;
  readonly role: Viewpoint;
  readonly section: string;
  /** Wall clock, µs since 1970. */
  readonly openedAt: number;
  /** Records that were written, with those that retention removed. */
  readonly records: number;
  readonly removed: number;
  /** null in captures of version 1, which don't count, and where they can't be read. */
  readonly counts: SessionCounts | null;
}

export interface CaptureInfo {
  /** Name of the file, by which it is addressed. */
  readonly file: string;
  readonly title: string | null;
  /** With what stands beside it and was not moved into it yet. */
  readonly bytes: number;
  /** Wall clock, µs since 1970. */
  readonly createdAt: number;
  readonly writtenAt: number;
  readonly state: 'recording' | 'opened' | 'closed';
  /** What is wrong with the file; its sessions are what can be read of it all the same. */
  readonly problem: Failure | null;
  readonly sessions: readonly CapturedSessionInfo[];
}

/** A capture file that retention deleted. */
export interface RemovedCapture {
  readonly file: string;
  readonly bytes: number;
  /** Wall clock, µs since 1970. */
  readonly at: number;
  readonly why: 'size' | 'age';
}

export interface CaptureList {
  readonly folder: string;
  /** Newest first. */
  readonly captures: readonly CaptureInfo[];
  /** What retention deleted, newest first, at most 1,000. */
  readonly removed: readonly RemovedCapture[];
}

export interface OpenedCapture {
  readonly file: string;
  /** Their numbers as everything else takes them: `rows`, `payload`, `timeline` … */
  readonly sessions: readonly number[];
  /** What is wrong with the file, where something is. */
  readonly problem: Failure | null;
}

export const compareQuerySchema = v.strictObject({ a: captureFileSchema, b: captureFileSchema });
export type CompareQuery = v.InferOutput<typeof compareQuerySchema>;

/** How far a comparison is, in records to be read; `done` never goes back. */
export interface ComparisonProgress {
  readonly done: number;
  readonly total: number;
}

/** One side of a difference: what stands there, null past the end of the log. */
export type ComparedHead = Pick<SeenRecord, 'seq' | 'kind' | 'direction' | 'size' | 'code'> | null;

/** Two sessions side by side. Records are the same when kind, direction, code and payload are; times don't count. */
export interface SessionComparison {
  /** Numbers within the files; null where the other file has no session to set beside it. */
  readonly sessionA: number | null;
  readonly sessionB: number | null;
  readonly section: string;
  readonly role: Viewpoint;
  readonly recordsA: number;
  readonly recordsB: number;
  /** The first position at which they differ, null when they are the same. */
  readonly firstDifference: { readonly position: number; readonly a: ComparedHead; readonly b: ComparedHead } | null;
  /**
   * Records that the other side does not have, wherever they stand, and the first of them; null when they are too many
   * to tell.
   */
  readonly onlyA: OnlyIn | null;
  readonly onlyB: OnlyIn | null;
}

export interface OnlyIn {
  readonly count: number;
  readonly seqs: readonly number[];
}
