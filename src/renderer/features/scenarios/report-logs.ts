import type { Api } from '../../../shared/api.ts';
import { failureToError } from '../../../shared/failure.ts';
import type { LogRow } from '../../../shared/log.ts';
import type { LoggedReport, ReportedLog, ReportedRecord } from '../../../shared/scenario/files/logs.ts';
import type { ReportedSession, ScenarioReport } from '../../../shared/scenario/report.ts';
import { shownBytes } from '../../../shared/scenario/shown.ts';
import { laneSeenAs } from '../../../shared/session-kind.ts';

/** A report contains this many records of each session from its beginning, and as many from its end. */
const KEPT = 500;

type Asked = Pick<Api, 'rows'>;

/** Reports with what their sessions have recorded. Throws a ShmscopeError if the host fails. */
export const withLogs = (api: Asked, reports: readonly ScenarioReport[]): Promise<LoggedReport[]> =>
  Promise.all(
    reports.map(async (report) => ({
      report,
      logs: await Promise.all(report.sessions.map((session) => logOf(api, session))),
    })),
  );

async function logOf(api: Asked, session: ReportedSession): Promise<ReportedLog> {
  if (session.id === null) return { session, records: [], left: 0 };
  const page = async (from: number) => {
    const answer = await api.rows({ session: session.id as number, filter: '', from, count: KEPT });
    // One that was taken off the list has no log here any more: it is in the capture.
    if (!answer.ok && answer.failure.code === 'no-such-session') return { rows: [], total: 0 };
    if (!answer.ok) throw failureToError(answer.failure);
    return answer.value;
  };
  const first = await page(0);
  const rest = Math.max(0, first.total - first.rows.length);
  const last = rest > 0 ? await page(first.total - Math.min(KEPT, rest)) : { rows: [] };
  const records = [...first.rows, ...last.rows].map((row) => recordOf(row, session));
  return { session, records, left: first.total - records.length };
}

function recordOf(row: LogRow, { role }: ReportedSession): ReportedRecord {
  const { seq, kind, direction, wall, code, detail, size, preview } = row;
  const bytes = kind === 'message' || size > 0 ? shownBytes(preview, size) : null;
  return { seq, kind, lane: direction && laneSeenAs(role, direction), wall, code, detail, bytes };
}
