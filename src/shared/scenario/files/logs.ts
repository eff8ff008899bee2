import type { Lane } from '../../domain.ts';
import type { Kind } from '../../record-kind.ts';
import type { ReportedSession, ScenarioReport, ShownBytes } from '../report.ts';

/** A record of a session, as it stands in a report. */
export interface ReportedRecord {
  readonly seq: number;
  readonly kind: Kind;
  readonly lane: Lane | null;
  /** Wall clock, µs since 1970. */
  readonly wall: number;
  readonly code: string | null;
  readonly detail: string | null;
  /** Null where there is no payload. */
  readonly bytes: ShownBytes | null;
}

/** What a session recorded: the first and the last of it where it is long. */
export interface ReportedLog {
  readonly session: ReportedSession;
  readonly records: readonly ReportedRecord[];
  /** Records between the first and the last that are not here. */
  readonly left: number;
}

/** A report with the logs of its sessions. */
export interface LoggedReport {
  readonly report: ScenarioReport;
  readonly logs: readonly ReportedLog[];
}
