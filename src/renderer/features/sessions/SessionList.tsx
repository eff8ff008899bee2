import type { KeyboardEvent } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { isLive, isOfTest } from '../../../shared/session.ts';
import { useHost } from '../../host/host-store.ts';
import { isCommandHeld } from '../../kit/commands/keys.ts';
import { showPage, usePage } from '../../view/page-store.ts';
import { useSelection } from '../../view/selection-store.ts';
import { useWatch } from '../watch/watch-store.ts';
import { SessionItem } from './SessionItem.tsx';
import { TestSessions } from './TestSessions.tsx';
import './sessions.css';

export function SessionList() {
  const sessions = useHost(useShallow((state) => state.sessions.flatMap((one) => (isOfTest(one) ? [] : one.id))));
  const tests = useHost(useShallow((state) => state.sessions.flatMap((one) => (isOfTest(one) ? one.id : []))));
  const shown = usePage((state) => state.page === 'session');
  const selected = useSelection((state) => (shown ? state.id : null));
  return (
    <nav className="sessions" aria-label="Sessions" onKeyDown={moveSelection}>
      <div className="sessions-head">
        <h2>
          Sessions <span className="number">{sessions.length}</span>
        </h2>
        <WatchButton />
      </div>
      {sessions.length + tests.length === 0 && <p className="sessions-none">None yet</p>}
      {sessions.length > 0 && (
        <ul>
          {sessions.map((id) => (
            <SessionItem key={id} id={id} selected={id === selected} />
          ))}
        </ul>
      )}
      {tests.length > 0 && <TestSessions ids={tests} selected={selected} />}
    </nav>
  );
}

/** Shows the picked sessions side by side, or all of them; shown from the second one on. */
function WatchButton() {
  const live = useHost((state) => state.sessions.filter((one) => isLive(one) && !one.isOfTest).length);
  const picked = useWatch((state) => state.picked.length);
  if (live < 2 && picked === 0) return null;
  return (
    <button
      type="button"
      className="watch-button number"
      title={`${picked > 0 ? 'The picked sessions' : 'All sessions'} on one clock (Alt+W). Ctrl+click picks sessions.`}
      onClick={() => showPage('watch')}
    >
      Watch {picked > 0 ? picked : 'all'}
    </button>
  );
}

/** Up and Down move to the neighbour and select it, as in any desktop list. */
function moveSelection(event: KeyboardEvent<HTMLElement>): void {
  if (isCommandHeld(event)) return;
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button.session-select')];
  const here = buttons.findIndex((button) => button.parentElement?.contains(event.target as Node));
  const next = buttons[here + step];
  if (here < 0 || !next) return;
  event.preventDefault();
  next.focus();
  next.click();
}
