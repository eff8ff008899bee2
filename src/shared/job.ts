import { integer } from './domain.ts';
import type { Failure } from './failure.ts';

type JobKind = 'export' | 'import';
type JobState = 'running' | 'done' | 'cancelled' | 'failed';

/** Something long that a worker does on its own. */
export interface JobSnapshot {
  readonly id: number;
  readonly kind: JobKind;
  /** What is done, for the user. */
  readonly title: string;
  /** The progress, in `unit`; never decreases. */
  readonly done: number;
  /** 0 until known. */
  readonly total: number;
  readonly unit: 'records' | 'bytes';
  readonly state: JobState;
  /** Why it failed. */
  readonly failure: Failure | null;
  /** The finished file; null before, and if nothing was left. */
  readonly file: string | null;
  /** What to tell the user about the result, such as how many records it has if that isn't all. */
  readonly note: string | null;
  /** Wall clock, µs since 1970. */
  readonly startedAt: number;
  readonly endedAt: number | null;
}

export const jobIdSchema = integer('Job', 1, Number.MAX_SAFE_INTEGER);
