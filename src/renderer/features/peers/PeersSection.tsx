import { Button } from '@fluentui/react-components';
import { Add16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { UndoNote, useUndo } from '../../kit/controls/UndoNote.tsx';
import { newPeer } from './dialog-store.ts';
import { PeerRow } from './PeerRow.tsx';
import { RemoveEnded } from './RemoveEnded.tsx';
import { SavedRow } from './SavedRow.tsx';
import { useSavedPeers } from './saved-peers.ts';
import { TestPeersFold } from './TestPeersFold.tsx';
import { usePeerIds } from './use-peer.ts';
import './peers.css';

/** Programs that were started from here, and saved ones that can be started again. */
export function PeersSection() {
  const { own, tests } = usePeerIds();
  const [open, setOpen] = useState(false);
  const saved = useSavedPeers();
  const { undo, offer, take } = useUndo();
  return (
    <section className="lab-section" aria-labelledby="lab-peers">
      <header className="lab-section-head">
        <h2 id="lab-peers">Peers</h2>
        <UndoNote undo={undo} take={take} />
        <RemoveEnded isOfTest={false} />
        <Button size="small" icon={<Add16Regular />} onClick={() => newPeer()}>
          Start a peer
        </Button>
      </header>
      {own.length + tests.length + saved.length === 0 ? (
        <p className="lab-none">
          A peer is a program at one end of a channel: one that comes with Shmscope, which can also misbehave on
          purpose, or your own. What it prints and how it ends is shown here.
        </p>
      ) : (
        <table className="lab-table">
          <thead>
            <tr>
              <th scope="col">Peer</th>
              <th scope="col">Program</th>
              <th scope="col">Channel</th>
              <th scope="col">State</th>
              <th scope="col" className="numeric">
                PID
              </th>
              <th scope="col" className="numeric">
                Time
              </th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          {own.length > 0 && (
            <tbody aria-label="Started">
              {own.map((id) => (
                <PeerRow key={id} id={id} />
              ))}
            </tbody>
          )}
          {saved.length > 0 && (
            <tbody aria-label="Saved">
              {saved.map((peer) => (
                <SavedRow key={peer.name} peer={peer} removed={(back) => offer(peer.name, back)} />
              ))}
            </tbody>
          )}
          {tests.length > 0 && (
            <tbody aria-label="Test peers">
              <tr>
                <th colSpan={7}>
                  <div className="test-peers-head">
                    <TestPeersFold count={tests.length} open={open} toggle={() => setOpen(!open)} />
                    <RemoveEnded isOfTest={true} />
                  </div>
                </th>
              </tr>
              {open && tests.map((id) => <PeerRow key={id} id={id} />)}
            </tbody>
          )}
        </table>
      )}
    </section>
  );
}
