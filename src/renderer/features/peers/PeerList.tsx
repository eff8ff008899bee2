import { Add16Regular } from '@fluentui/react-icons';
import { memo, useState } from 'react';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { showInLab, useLab } from '../../view/lab-store.ts';
import { usePage } from '../../view/page-store.ts';
import { shortName } from '../../view/session-text.ts';
import { newPeer } from './dialog-store.ts';
import { endedBadly, kindWords, stateWords } from './peer-words.ts';
import { TestPeersFold } from './TestPeersFold.tsx';
import { usePeerFacts, usePeerIds, usePeerName } from './use-peer.ts';

/** The programs that were started from here, in the side bar; absent if there are none. */
export function PeerList() {
  const { own, tests } = usePeerIds();
  const shownInLab = useLab(({ subject }) => (subject?.of === 'peer' ? subject.id : null));
  const [open, setOpen] = useState(false);
  if (own.length + tests.length === 0) return null;
  return (
    <nav className="found peer-list" aria-label="Peers">
      <h2>
        Peers <span className="number">{own.length}</span>
        <span className="found-tools">
          <IconButton icon={<Add16Regular />} label="Start a peer" keys="Alt+Shift+P" onClick={() => newPeer()} />
        </span>
      </h2>
      <ul className="found-scroll">
        {own.map((id) => (
          <PeerItem key={id} id={id} />
        ))}
        {tests.length > 0 && (
          <li>
            <h3>
              <TestPeersFold count={tests.length} open={open} toggle={() => setOpen(!open)} />
            </h3>
          </li>
        )}
        {tests.map((id) => (open || id === shownInLab ? <PeerItem key={id} id={id} /> : null))}
      </ul>
    </nav>
  );
}

const PeerItem = memo(function PeerItem({ id }: { id: number }) {
  const peer = usePeerFacts(id);
  const shown = usePage(({ page }) => page === 'lab');
  const selected = useLab(({ subject }) => shown && subject?.of === 'peer' && subject.id === id);
  const name = usePeerName(id);
  if (!peer) return null;
  const { start, state, bits, pid } = peer;
  const where = start.section === undefined ? '' : ` · ${shortName(start.section)}`;
  return (
    <li className="found-item" data-selected={selected}>
      <button
        type="button"
        className="bare-button found-select"
        aria-current={selected}
        onClick={() => showInLab({ of: 'peer', id })}
      >
        <span className="found-first">
          <span className="peer-state" data-state={endedBadly(peer) ? 'bad' : state}>
            <span className="peer-dot" aria-hidden="true" />
          </span>
          <span className="found-name foreign">{name}</span>
          <span className="found-size number">{pid}</span>
        </span>
        <span className="found-second">
          <span className="found-line foreign">
            {kindWords(start, bits)} · {stateWords(peer)}
            {where}
          </span>
        </span>
      </button>
    </li>
  );
});
