import type { Api } from '../../../shared/api.ts';
import { failureToError, toFailure } from '../../../shared/failure.ts';
import { reportsHtml } from '../../../shared/scenario/files/html.ts';
import { scenarioJunit } from '../../../shared/scenario/files/scenario-junit.ts';
import { reportsJson } from '../../../shared/scenario/files/summary.ts';
import type { ScenarioReport } from '../../../shared/scenario/report.ts';
import { hostNow } from '../../host/host-clock.ts';
import { useHost } from '../../host/host-store.ts';
import { notify } from '../../host/notices-store.ts';
import { download, fileName } from '../../kit/format/download.ts';
import { withLogs } from './report-logs.ts';

export const REPORT_KINDS = ['junit', 'html', 'json'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export const REPORT_WORDS: Readonly<Record<ReportKind, string>> = {
  junit: 'JUnit, for CI servers…',
  html: 'A page, with logs and differences…',
  json: 'JSON, for programs…',
};
const FILES: Readonly<Record<ReportKind, { readonly end: string; readonly type: string }>> = {
  junit: { end: 'junit.xml', type: 'application/xml' },
  html: { end: 'report.html', type: 'text/html' },
  json: { end: 'report.json', type: 'application/json' },
};

/** What a report says in addition. */
interface Told {
  /** Instead of what programs are told about the scenarios. */
  readonly json?: string;
  /** HTML at the top of the page. */
  readonly intro?: string;
}

/** Saves a report as a file named after `name`. Where, and whether to replace another, is up to the user. */
export async function saveReport(
  api: Api,
  kind: ReportKind,
  name: string,
  read: () => Promise<readonly ScenarioReport[]>,
  told: (reports: readonly ScenarioReport[]) => Told = () => ({}),
): Promise<void> {
  try {
    const reports = await read();
    const { end, type } = FILES[kind];
    download(await textOf(api, kind, reports, told(reports)), fileName(name, end), type);
  } catch (error) {
    notify("Couldn't save the report", toFailure(error));
  }
}

/** The results of several runs, in order. Throws a ShmscopeError if the host fails. */
export const reportsOfAll = async (api: Api, runs: readonly number[]): Promise<readonly ScenarioReport[]> =>
  (await Promise.all(runs.map((run) => reportsOf(api, run)))).flat();

async function reportsOf(api: Api, run: number): Promise<readonly ScenarioReport[]> {
  const answer = await api.scenarioReports(run);
  if (!answer.ok) throw failureToError(answer.failure);
  return answer.value;
}

async function textOf(
  api: Api,
  kind: ReportKind,
  reports: readonly ScenarioReport[],
  { json, intro = '' }: Told,
): Promise<string> {
  if (kind === 'junit') return scenarioJunit(reports, []);
  if (kind === 'json') return json ?? reportsJson(reports);
  const by = `Shmscope ${useHost.getState().info?.version ?? ''}`.trim();
  return reportsHtml(await withLogs(api, reports), { at: hostNow().wall / 1000, by, intro });
}
