import { useShallow } from 'zustand/react/shallow';
import type { ScenarioState } from '../../../shared/scenario/report.ts';
import { useHost } from '../../host/host-store.ts';
import { Splitter } from '../../kit/controls/Splitter.tsx';
import { plural } from '../../kit/format/bytes.ts';
import { type LabSubject, useLab } from '../../view/lab-store.ts';
import { CellPane } from '../matrix/CellPane.tsx';
import { MatrixSection } from '../matrix/MatrixSection.tsx';
import { PeerPane } from '../peers/PeerPane.tsx';
import { PeersSection } from '../peers/PeersSection.tsx';
import { RunPane } from '../scenarios/RunPane.tsx';
import { ScenariosSection } from '../scenarios/ScenariosSection.tsx';
import { useScenarioFiles } from '../scenarios/scenario-store.ts';
import './lab.css';

/** What was tested, and the results: programs and scenarios; below them details of the chosen one. */
export function LabPage() {
  const subject = useLab((state) => state.subject);
  const lists = (
    <div className="page-scroll">
      <PeersSection />
      <ScenariosSection />
      <MatrixSection />
    </div>
  );
  return (
    <section className="page lab" data-pane="page" aria-labelledby="lab-title">
      <header className="page-head">
        <h1 id="lab-title">Lab</h1>
        <p className="page-note number">
          <Summary />
        </p>
      </header>
      {subject ? (
        <Splitter
          name="lab"
          label="Height of the lists"
          direction="column"
          initial={0.55}
          least={120}
          first={lists}
          second={<Subject subject={subject} />}
        />
      ) : (
        lists
      )}
    </section>
  );
}

const PANES = { peer: PeerPane, run: RunPane, cell: CellPane };

function Subject({ subject: { of, id } }: { subject: LabSubject }) {
  const Pane = PANES[of];
  return <Pane key={id} id={id} />;
}

/** How much takes part, and the last result of each scenario. */
function Summary() {
  const running = useHost((state) => state.peers.filter((peer) => peer.state !== 'ended').length);
  const files = useScenarioFiles();
  const states = useHost(
    useShallow((state) => files.map((file) => state.scenarioRuns.findLast((run) => run.file === file)?.state)),
  );
  const count = (state: ScenarioState) => states.filter((one) => one === state).length;
  const failed = count('failed');
  return (
    <>
      {running === 0 ? 'No peer is running' : `${plural(running, 'peer')} running`}
      {files.length > 0 && ` · ${count('passed')} of ${plural(files.length, 'scenario')} passed`}
      {failed > 0 && <span className="bad">, {failed} failed</span>}
    </>
  );
}
