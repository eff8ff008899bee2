import { Button, Select } from '@fluentui/react-components';
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { titleOf } from '../../../shared/scenario/report.ts';
import type { ScenarioReports } from '../../../shared/scenario/runs.ts';
import { useApi } from '../../host/api-context.ts';
import { useHost } from '../../host/host-store.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { ReportPane } from './ReportPane.tsx';
import { cancelRun, runScenario } from './run-actions.ts';
import { SaveReport } from './SaveReport.tsx';
import { reportsOfAll, saveReport } from './save-report.ts';
import { useReports } from './use-reports.ts';
import { markOf } from './words.ts';

/** A run of a scenario, live: one row of its table at a time. */
export function RunPane({ id }: { id: number }) {
  const api = useApi();
  const run = useHost(useShallow((state) => state.scenarioRuns.find((one) => one.id === id)));
  const reports = useReports(id, run?.version);
  const [row, setRow] = useState<number | null>(null);
  if (!run) return <p className="pane-empty">This run is no longer in the list.</p>;
  if (!reports) return <p className="pane-empty">Reading the run…</p>;
  if (!reports.ok) return <FailureMessage title="Couldn't read the run" failure={reports.failure} />;
  const at = row ?? mostTelling(reports.value);
  const report = reports.value[at];
  if (!report) return <p className="pane-empty">This run has no rows.</p>;
  const actions = (
    <>
      {reports.value.length > 1 && <Rows reports={reports.value} at={at} choose={setRow} />}
      {run.state === 'running' ? (
        <Button size="small" onClick={() => void cancelRun(api, id)}>
          Stop
        </Button>
      ) : (
        <>
          <SaveReport save={(kind) => void saveReport(api, kind, run.name, () => reportsOfAll(api, [id]))} />
          <Button size="small" onClick={() => void runScenario(api, run.file)}>
            Run again
          </Button>
        </>
      )}
    </>
  );
  return <ReportPane key={at} report={report} actions={actions} />;
}

/** The row that failed first, or that runs. */
function mostTelling(reports: ScenarioReports): number {
  const failed = reports.findIndex(({ state }) => state === 'failed');
  const running = reports.findIndex(({ state }) => state === 'running');
  return Math.max(0, failed >= 0 ? failed : running);
}

function Rows({ reports, at, choose }: { reports: ScenarioReports; at: number; choose: (row: number) => void }) {
  return (
    <Select
      size="small"
      aria-label="Row of the table"
      value={String(at)}
      onChange={(_, { value }) => choose(Number(value))}
    >
      {reports.map((report, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row's place is its name
        <option key={index} value={index}>
          {`${markOf(report.state)} ${visibleText(titleOf(report))}`}
        </option>
      ))}
    </Select>
  );
}
