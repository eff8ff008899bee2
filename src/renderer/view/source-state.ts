import type { Failure, Result } from '../../shared/failure.ts';
import type { RowPage } from '../../shared/log.ts';

export interface SourcePort {
  /** `until`: only this many first records exist. */
  readonly fetch: (from: number, count: number, until: number | undefined) => Promise<Result<RowPage>>;
  /** Stops what the host searches for this session; any fetch starts it again. */
  readonly cancel: () => void;
  /** Runs `step` once, at the next frame. */
  readonly frame: (step: () => void) => void;
  /** Runs `step` once, `ms` from now. */
  readonly later: (step: () => void, ms: number) => void;
  readonly now: () => number;
}

/** How far a log had come at one moment. */
export interface Reach {
  /** Records of the session. */
  readonly records: number;
  /** Rows of the result if nothing were folded. */
  readonly found: number;
}

/** Determines what can be known without asking. */
export interface SourceKind {
  /** Every record is in the result. */
  readonly isUnfiltered: boolean;
  /** A row may stand for several records. */
  readonly isFolded: boolean;
}

/** What the source knows, as one value that changes only when something did. */
export interface SourceState {
  /** Rows as far as known. */
  readonly total: number;
  /** What `total` would be if nothing were folded or left out at the end. */
  readonly found: number;
  /** How far the log had come at the last answer. */
  readonly reach: Reach;
  /** Rows up to here are available at the end: what a following view shows. */
  readonly end: number;
  /** The first answer has arrived. */
  readonly loaded: boolean;
  /** Records scanned, and all of them, while the result is incomplete. */
  readonly search: { readonly scanned: number; readonly records: number } | null;
  /** The search was stopped by {@link RowSource.stop}: what was found until then is all there is. */
  readonly stopped: boolean;
  readonly failure: Failure | null;
  /** Incremented with every answer. */
  readonly version: number;
}
