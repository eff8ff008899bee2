import { Button } from '@fluentui/react-components';
import { Add16Regular, Play16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useApi } from '../../host/api-context.ts';
import { useHost } from '../../host/host-store.ts';
import { UndoNote, useUndo } from '../../kit/controls/UndoNote.tsx';
import { AddScenario } from './AddScenario.tsx';
import { fileName, runScenarios } from './run-actions.ts';
import { SaveReport } from './SaveReport.tsx';
import { ScenarioRow } from './ScenarioRow.tsx';
import { reportsOfAll, saveReport } from './save-report.ts';
import { useScenarioFiles } from './scenario-store.ts';
import './scenarios.css';

/** Scripted tests: what each file contains, and its result. */
export function ScenariosSection() {
  const api = useApi();
  const files = useScenarioFiles();
  const running = useHost((state) => state.scenarioRuns.some((run) => run.state === 'running'));
  const last = useHost(
    useShallow((state) =>
      files.flatMap((file) => {
        const run = state.scenarioRuns.findLast((one) => one.file === file);
        return run && run.state !== 'running' ? run.id : [];
      }),
    ),
  );
  const [adding, setAdding] = useState(false);
  const { undo, offer, take } = useUndo();
  return (
    <section className="lab-section" aria-labelledby="lab-scenarios">
      <header className="lab-section-head">
        <h2 id="lab-scenarios">Scenarios</h2>
        <UndoNote undo={undo} take={take} />
        {last.length > 1 && (
          <SaveReport save={(kind) => void saveReport(api, kind, 'scenarios', () => reportsOfAll(api, last))} />
        )}
        {files.length > 1 && (
          <Button
            size="small"
            appearance="subtle"
            icon={<Play16Regular />}
            disabledFocusable={running}
            onClick={() => void runScenarios(api, files)}
          >
            Run all
          </Button>
        )}
        <Button size="small" icon={<Add16Regular />} onClick={() => setAdding(true)}>
          Add a scenario
        </Button>
      </header>
      {files.length === 0 ? (
        <p className="lab-none">
          A scenario is a file that starts programs, opens sessions, sends messages and says what must arrive. Add one
          to run it here; <code>shmscope run</code> runs the same file without a window.
        </p>
      ) : (
        <table className="lab-table">
          <thead>
            <tr>
              <th scope="col">Scenario</th>
              <th scope="col">Steps</th>
              <th scope="col">Last run</th>
              <th scope="col" className="numeric">
                Time
              </th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          {files.map((file) => (
            <ScenarioRow key={file} file={file} removed={(back) => offer(fileName(file), back)} />
          ))}
        </table>
      )}
      {adding && <AddScenario close={() => setAdding(false)} />}
    </section>
  );
}
