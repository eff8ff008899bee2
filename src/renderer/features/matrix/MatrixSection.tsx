import { Button, Select } from '@fluentui/react-components';
import { Play16Regular, Stop16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { LAYOUTS } from '../../../shared/domain.ts';
import { totalsText } from '../../../shared/matrix/files.ts';
import type { MatrixSnapshot } from '../../../shared/matrix/matrix.ts';
import { useApi } from '../../host/api-context.ts';
import { orNotify } from '../../host/notices-store.ts';
import { formatSpan } from '../../kit/format/time.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { fileName } from '../scenarios/run-actions.ts';
import { SaveReport } from '../scenarios/SaveReport.tsx';
import { useScenarioFiles } from '../scenarios/scenario-store.ts';
import { LayoutGrid } from './LayoutGrid.tsx';
import { useMatrix, useMatrixFollowed } from './matrix-store.ts';
import { saveMatrix } from './save-matrix.ts';
import './matrix.css';

/** One scenario between every two ends in every layout: what passes, what fails, and what isn't possible here. */
export function MatrixSection() {
  useMatrixFollowed();
  const api = useApi();
  const matrix = useMatrix((state) => state.matrix);
  return (
    <section className="lab-section" aria-labelledby="lab-matrix">
      <header className="lab-section-head">
        <h2 id="lab-matrix">Matrix</h2>
        <p className="matrix-note number" role="status">
          {matrix && <Outcome matrix={matrix} />}
        </p>
        {matrix && matrix.state !== 'running' && <SaveReport save={(kind) => void saveMatrix(api, kind, matrix)} />}
        <Controls running={matrix?.state === 'running'} />
      </header>
      {matrix ? (
        <div className="matrix-layouts">
          {LAYOUTS.toReversed().map((layout) => (
            <LayoutGrid key={layout} layout={layout} cells={matrix.cells} />
          ))}
        </div>
      ) : (
        <p className="lab-none">
          The matrix runs one scenario with a 32-bit program, a 64-bit program and Shmscope as either end, in each of
          the three layouts, and compares the bytes that arrive and the round-trip times.
        </p>
      )}
    </section>
  );
}

function Outcome({ matrix: { name, state, tookMs, cells } }: { matrix: MatrixSnapshot }) {
  return (
    <>
      <span className="foreign">{visibleText(name)}</span>
      {state === 'running' ? ' runs' : ` · ${formatSpan(Math.round(tookMs * 1000))}`} · {totalsText(cells)}
    </>
  );
}

function Controls({ running }: { running: boolean }) {
  const api = useApi();
  const files = useScenarioFiles();
  const [file, setFile] = useState('');
  const [starting, setStarting] = useState(false);
  const start = async () => {
    setStarting(true);
    const chosen = files.includes(file) ? { file, vars: {} } : { vars: {} };
    await orNotify("Couldn't run the matrix", api.startMatrix(chosen));
    setStarting(false);
  };
  if (running)
    return (
      <Button
        size="small"
        icon={<Stop16Regular />}
        onClick={() => void orNotify("Couldn't stop the matrix", api.cancelMatrix())}
      >
        Stop the matrix
      </Button>
    );
  return (
    <>
      <Select
        size="small"
        aria-label="Scenario of the matrix"
        value={files.includes(file) ? file : ''}
        onChange={(_, { value }) => setFile(value)}
      >
        <option value="">with its own scenario</option>
        {files.map((one) => (
          <option key={one} value={one}>
            with {fileName(one)}
          </option>
        ))}
      </Select>
      <Button size="small" icon={<Play16Regular />} disabledFocusable={starting} onClick={() => void start()}>
        Run the matrix
      </Button>
    </>
  );
}
