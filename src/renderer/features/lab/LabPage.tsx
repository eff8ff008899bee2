import { useHost } from '../../host/host-store.ts';
import { Splitter } from '../../kit/controls/Splitter.tsx';
import { plural } from '../../kit/format/bytes.ts';
import { type LabSubject, useLab } from '../../view/lab-store.ts';
import { PeerPane } from '../peers/PeerPane.tsx';
import { PeersSection } from '../peers/PeersSection.tsx';
import './lab.css';

/** What was tested, and what holds: the programs that take part; below them more of what was chosen. */
export function LabPage() {
  const subject = useLab((state) => state.subject);
  const lists = (
    <div className="page-scroll">
      <PeersSection />
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

function Subject({ subject }: { subject: LabSubject }) {
  return <PeerPane key={subject.id} id={subject.id} />;
}

function Summary() {
  const running = useHost((state) => state.peers.filter(({ state }) => state !== 'ended').length);
  return running === 0 ? 'No peer is running.' : `${plural(running, 'peer')} running.`;
}
