import type { Lane } from '../../domain.ts';
import type { Kind } from '../../record-kind.ts';
import type { ReportedSession, ScenarioReport, ShownBytes } from '../report.ts';

/** A record of a session, as it appears in a report. */
export interface ReportedRecord {
  readonly seq: number;
  readonly kind: Kind;
  readonly lane: Lane | null;
  /** Wall clock, µs since 1970. */
  readonly wall: number;
  readonly code: string | null;
  readonly detail: string | null;
  /** Null if there is no payload. */
  readonly bytes: ShownBytes | null;
}

/** What a session recorded: only the first and the last if there are many. */
export interface ReportedLog {
  readonly session: ReportedSession;
  readonly records: readonly ReportedRecord[];
  /** Records between the first and the last that aren't here. */
  readonly left: number;
}

/** A report with the logs of its sessions. */
export interface LoggedReport {
  readonly report: ScenarioReport;
  readonly logs: readonly ReportedLog[];
}
