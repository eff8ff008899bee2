import type { Api } from '../../../shared/api.ts';
import { failureToError } from '../../../shared/failure.ts';
import { matrixHtml, matrixJson } from '../../../shared/matrix/files.ts';
import type { MatrixSnapshot } from '../../../shared/matrix/matrix.ts';
import type { ScenarioReport } from '../../../shared/scenario/report.ts';
import { type ReportKind, saveReport } from '../scenarios/save-report.ts';

/** Saves the matrix's result as a file. */
export const saveMatrix = (api: Api, kind: ReportKind, { name, cells }: MatrixSnapshot): Promise<void> =>
  saveReport(
    api,
    kind,
    `matrix ${name}`,
    async () => (await Promise.all(cells.map((_, at) => reportOf(api, at)))).filter((report) => report !== null),
    (reports) => ({ json: matrixJson(name, cells, reports), intro: matrixHtml(cells) }),
  );

async function reportOf(api: Api, at: number): Promise<ScenarioReport | null> {
  const answer = await api.matrixReport(at);
  if (!answer.ok) throw failureToError(answer.failure);
  return answer.value ?? null;
}
