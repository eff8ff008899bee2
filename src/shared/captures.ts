import * as v from 'valibot';
import type { Failure } from './failure.ts';
import type { SeenRecord } from './log.ts';
import type { SessionCounts } from './session-counts.ts';
import type { Viewpoint } from './session-kind.ts';

/** Session numbers from here on belong to captures opened for reading; lower ones are being recorded. */
export const FIRST_OPENED_SESSION = 1_000_000;
/** The most captures open for reading at once: each has a thread. */
export const MAX_OPENED = 8;
export const MAX_TITLE = 200;
/** The most record numbers that a comparison lists for one side. */
export const MAX_DIFFERENCES = 100;

/** A file's name within the captures folder: no path, and nothing with a meaning to Windows. */
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

/** A session in the list of captures. */
export interface CapturedSessionInfo {
  /** Number within its file. */
  readonly session: number;
  readonly role: Viewpoint;
  readonly section: string;
  /** Wall clock, µs since 1970. */
  readonly openedAt: number;
  /** Records written, including those that retention removed. */
  readonly records: number;
  readonly removed: number;
  /** null in captures of version 1, which don't count, and if they can't be read. */
  readonly counts: SessionCounts | null;
}

export interface CaptureInfo {
  /** Name of the file, which identifies it. */
  readonly file: string;
  readonly title: string | null;
  /** Including the files beside it that aren't merged into it yet. */
  readonly bytes: number;
  /** Wall clock, µs since 1970. */
  readonly createdAt: number;
  readonly writtenAt: number;
  readonly state: 'recording' | 'opened' | 'closed';
  /** What is wrong with the file; its sessions are its readable part. */
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
  /** Their numbers for all other calls: `rows`, `payload`, `timeline` … */
  readonly sessions: readonly number[];
  /** What is wrong with the file, if anything. */
  readonly problem: Failure | null;
}

export const compareQuerySchema = v.strictObject({ a: captureFileSchema, b: captureFileSchema });
export type CompareQuery = v.InferOutput<typeof compareQuerySchema>;

/** Progress of a comparison, in records to be read; `done` never decreases. */
export interface ComparisonProgress {
  readonly done: number;
  readonly total: number;
}

/** One side of a difference: its record, null past the end of the log. */
export type ComparedHead = Pick<SeenRecord, 'seq' | 'kind' | 'direction' | 'size' | 'code'> | null;

/** Two sessions side by side. Records are equal if kind, direction, code and payload are; times don't count. */
export interface SessionComparison {
  /** Numbers within the files; null if the other file has no matching session. */
  readonly sessionA: number | null;
  readonly sessionB: number | null;
  readonly section: string;
  readonly role: Viewpoint;
  readonly recordsA: number;
  readonly recordsB: number;
  /** The first position at which they differ, null if they are equal. */
  readonly firstDifference: { readonly position: number; readonly a: ComparedHead; readonly b: ComparedHead } | null;
  /**
   * Records that the other side doesn't have, at any position, and the first of them; null if there are too many to
   * tell.
   */
  readonly onlyA: OnlyIn | null;
  readonly onlyB: OnlyIn | null;
}

export interface OnlyIn {
  readonly count: number;
  readonly seqs: readonly number[];
}
