import type { Role } from '../domain.ts';
import type { Bits } from '../peers.ts';
import type { ReportedAnomaly } from './anomalies.ts';
import type { Difference } from './match-verdict.ts';
import type { Row } from './model.ts';
import type { Taken } from './taken.ts';

/** The result of a scenario, while and after it runs: plain data for window, command line and files. */

type StepState = 'pending' | 'running' | 'passed' | 'failed' | 'skipped';

/** Bytes as people read them: the first {@link MAX_SHOWN_BYTES}. */
export interface ShownBytes {
  readonly size: number;
  /** Null if they aren't UTF-8 text. */
  readonly text: string | null;
  readonly hex: string;
}

export interface StepFailure {
  /** What went wrong, as a sentence. */
  readonly message: string;
  /** Of a message that isn't as expected. */
  readonly expected: string | null;
  readonly actual: ShownBytes | null;
  readonly diff: readonly Difference[];
}

/** The state of a step. */
export interface StepProgress {
  readonly path: string;
  readonly state: StepState;
  /** How often it was performed: more than once in a repeat. */
  readonly runs: number;
  /** The record of its session that it belongs to, the last one if there are several. */
  readonly seq: number | null;
  /** Wall clock, ms since 1970, of the last time; null before the first. */
  readonly startedAt: number | null;
  /** ms, of all times together. */
  readonly tookMs: number;
  readonly failure: StepFailure | null;
}

export interface StepResult extends StepProgress {
  /** How many steps contain it. */
  readonly depth: number;
  readonly line: number;
  /** What it does. */
  readonly words: string;
  /** Its name in the file; null if it has none. */
  readonly name: string | null;
  /** The session, or the peer, that it is about. */
  readonly part: string | null;
  /** Why it was skipped. */
  readonly reason: string | null;
}

export interface ReportedSession {
  readonly name: string;
  readonly role: Role | 'tap';
  /** In the list of sessions; null if it was never opened. The last one, if it was opened again. */
  readonly id: number | null;
  readonly section: string;
  /** What its steps have received; omitted if they have done nothing yet. */
  readonly taken?: Taken;
  /** If it isn't a session: of the program that played it. */
  readonly bits?: Bits;
}

export interface ReportedPeer {
  readonly name: string;
  /** In the list of peers; null if it was never started. */
  readonly id: number | null;
  readonly pid: number | null;
  readonly bits: Bits | null;
  readonly program: string;
}

/** `skipped`: planned and not run. */
export type ScenarioState = 'pending' | 'running' | 'passed' | 'failed' | 'cancelled' | 'skipped';

export interface ScenarioReport {
  readonly file: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly row: Row | null;
  readonly state: ScenarioState;
  /** Wall clock, ms since 1970; null before it has begun. */
  readonly startedAt: number | null;
  readonly tookMs: number;
  readonly sessions: readonly ReportedSession[];
  readonly peers: readonly ReportedPeer[];
  /** In file order, nested ones after their parents. */
  readonly steps: readonly StepResult[];
  /** Those that nothing in the scenario expects or allows: it fails because of them. */
  readonly anomalies: readonly ReportedAnomaly[];
  /** Why it didn't pass, if no step says so: what could not be started, anomalies, or why it was skipped. */
  readonly reason: string | null;
}

/** A report with the row of its table. */
export const titleOf = ({ name, row }: Pick<ScenarioReport, 'name' | 'row'>): string =>
  row === null
    ? name
    : `${name} [${Object.entries(row.values)
        .map(([key, value]) => `${key}=${value}`)
        .join(', ')}]`;

/** The step that failed first; undefined if none did. */
export const failedStep = ({ steps }: Pick<ScenarioReport, 'steps'>): StepResult | undefined =>
  steps.find(({ state, failure }) => state === 'failed' && failure !== null);
