import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { captureOf, isLive } from '../../../shared/session.ts';
import { NO_COUNTS, totalMessages } from '../../../shared/session-counts.ts';
import { useApi } from '../../host/api-context.ts';
import { useHost, useSession } from '../../host/host-store.ts';
import { orNotify } from '../../host/notices-store.ts';
import { isCommandHeld } from '../../kit/commands/keys.ts';
import { formatInteger } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { openWindow } from '../../view/open-window.ts';
import { showPage, usePage } from '../../view/page-store.ts';
import { selectSession, useSelection } from '../../view/selection-store.ts';
import { sessionLabel, sessionLine, shortName } from '../../view/session-text.ts';
import { AlarmFlash, AlarmMark } from '../alarms/AlarmMark.tsx';
import { closeCapture } from '../captures/actions.ts';
import { exportSession } from '../exports/export-store.ts';
import { replaySession } from '../replay/replay-store.ts';
import { togglePicked, useWatch } from '../watch/watch-store.ts';
import './sessions.css';

export function SessionList() {
  const sessions = useHost(useShallow((state) => state.sessions.map(({ id }) => id)));
  const shown = usePage((state) => state.page === 'session');
  const selected = useSelection((state) => (shown ? state.id : null));
  return (
    <nav className="sessions" aria-label="Sessions">
      <div className="sessions-head">
        <h2>
          Sessions <span className="number">{sessions.length}</span>
        </h2>
        <WatchButton />
      </div>
      {sessions.length === 0 ? (
        <p className="sessions-none">None yet</p>
      ) : (
        <ul onKeyDown={moveSelection}>
          {sessions.map((id) => (
            <Item key={id} id={id} selected={id === selected} />
          ))}
        </ul>
      )}
    </nav>
  );
}

/** Shows the picked sessions side by side, or all of them; there from the second one on. */
function WatchButton() {
  const live = useHost((state) => state.sessions.filter(isLive).length);
  const picked = useWatch((state) => state.picked.length);
  if (live < 2) return null;
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

/** Up and Down go to the neighbour and select it, as in any list on the desktop. */
function moveSelection(event: KeyboardEvent<HTMLElement>): void {
  if (isCommandHeld(event)) return;
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button.session-select')];
  const here = buttons.findIndex((button) => button.parentElement?.contains(event.target as Node));
  const next = buttons[here + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.click();
}

/** What counts on as messages come is {@link Words} alone: a menu is not cheap to render. */
const Item = memo(function Item({ id, selected }: { id: number; selected: boolean }) {
  const api = useApi();
  const session = useSession(id, (s) => ({ role: s.role, section: s.section, state: s.state, capture: captureOf(s) }));
  const picked = useWatch((state) => state.picked.includes(id));
  if (!session) return null;
  const { role, state, capture } = session;
  const canPick = capture === undefined;
  const gone = state === 'closed' || state === 'failed';
  const name = visibleText(session.section);
  // Keys are for the selected session.
  const keys = (secondaryContent: string) => selected && { secondaryContent };
  return (
    <li className="session" data-selected={selected} data-picked={picked}>
      <AlarmFlash session={id} />
      <Menu openOnContext>
        <MenuTrigger>
          <button
            type="button"
            className="bare-button session-select"
            aria-current={selected}
            title={capture === undefined ? name : `${name}\nread from ${visibleText(capture)}`}
            onClick={({ ctrlKey, metaKey }) => (canPick && (ctrlKey || metaKey) ? togglePicked(id) : selectSession(id))}
          >
            <span className={`dot ${role} ${state}`} />
            <Words id={id} />
            {picked && <span className="visually-hidden">, picked to be watched</span>}
          </button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem {...keys('Alt+N')} onClick={() => openWindow(id)}>
              Open in a new window
            </MenuItem>
            {canPick && (
              <MenuItem secondaryContent="Ctrl+click" onClick={() => togglePicked(id)}>
                {picked ? 'Stop watching' : 'Pick for watching'}
              </MenuItem>
            )}
            <MenuItem {...keys('Ctrl+S')} onClick={() => exportSession(id)}>
              Export…
            </MenuItem>
            <MenuItem {...keys('Alt+Shift+R')} onClick={() => replaySession(id)}>
              Replay…
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {gone && (
        <Button
          className="session-remove"
          appearance="subtle"
          size="small"
          icon={<Dismiss16Regular />}
          aria-label={capture === undefined ? `Remove ${name} from list` : `Close capture of ${name}`}
          title={capture === undefined ? 'Remove from list' : `Close ${visibleText(capture)}`}
          onClick={() =>
            capture === undefined ? orNotify("Couldn't remove the session", api.remove(id)) : closeCapture(api, capture)
          }
        />
      )}
    </li>
  );
});

function Words({ id }: { id: number }) {
  const session = useSession(id, (whole) => whole);
  if (!session) return null;
  const { counts } = session;
  const { anomalies: wrong, missed } = counts ?? NO_COUNTS;
  return (
    <>
      <span className="visually-hidden">{sessionLabel(session)}</span>
      <span className="session-words" aria-hidden="true">
        <span className="session-first">
          <span className="session-name foreign">{shortName(session.section)}</span>
          <span className="session-count number">{counts ? formatInteger(totalMessages(counts)) : '–'}</span>
        </span>
        <span className="session-second number">
          <span className="session-line">{sessionLine(session)}</span>
          {isLive(session) && <AlarmMark session={session} />}
          {wrong > 0 && <span className="bad">▲ {formatInteger(wrong)}</span>}
          {missed > 0 && <span className="warn">{formatInteger(missed)} missed</span>}
        </span>
      </span>
    </>
  );
}
