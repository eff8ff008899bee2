import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, memo } from 'react';
import type { SessionSnapshot } from '../../shared/session.ts';
import { closeCapture } from '../captures/actions.ts';
import { exportSession } from '../exports/export-store.ts';
import { formatInteger } from '../format/bytes.ts';
import { visibleText } from '../format/visible.ts';
import { useApi } from '../shell/api-context.ts';
import { useHost } from '../shell/host-store.ts';
import { orNotify } from '../shell/notices-store.ts';
import { usePage } from '../shell/page-store.ts';
import { openWindow } from './open-window.ts';
import { selectSession, useSelection } from './selection-store.ts';
import { sessionLabel, sessionLine, shortName } from './session-text.ts';
import './sessions.css';

export function SessionList() {
  const sessions = useHost((state) => state.sessions);
  const shown = usePage((state) => state.page === 'session');
  const selected = useSelection((state) => (shown ? state.id : null));
  return (
    <nav className="sessions" aria-label="Sessions">
      <h2>
        Sessions <span className="number">{sessions.length}</span>
      </h2>
      {sessions.length === 0 ? (
        <p className="sessions-none">None yet</p>
      ) : (
        <ul onKeyDown={moveSelection}>
          {sessions.map((session) => (
            <Item key={session.id} session={session} selected={session.id === selected} />
          ))}
        </ul>
      )}
    </nav>
  );
}

/** Up and Down go to the neighbour and select it, as in any list on the desktop. */
function moveSelection(event: KeyboardEvent<HTMLElement>): void {
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

const Item = memo(function Item({ session, selected }: { session: SessionSnapshot; selected: boolean }) {
  const api = useApi();
  const { anomalies, messagesIn, messagesOut } = session.counts;
  const gone = session.state === 'closed' || session.state === 'failed';
  const { capture } = session;
  const name = visibleText(session.section);
  // Keys are for the selected session.
  const keys = (secondaryContent: string) => selected && { secondaryContent };
  return (
    <li className="session" data-selected={selected}>
      <Menu openOnContext>
        <MenuTrigger>
          <button
            type="button"
            className="session-select"
            aria-current={selected}
            aria-label={sessionLabel(session)}
            title={capture === undefined ? name : `${name}\nread from ${visibleText(capture)}`}
            onClick={() => selectSession(session.id)}
          >
            <span className={`dot ${session.role} ${session.state}`} />
            <span className="session-words">
              <span className="session-first">
                <span className="session-name foreign">{shortName(session.section)}</span>
                <span className="session-count number">{formatInteger(messagesIn + messagesOut)}</span>
              </span>
              <span className="session-second number">
                <span className="session-line">{sessionLine(session)}</span>
                {anomalies > 0 && <span className="bad">▲ {formatInteger(anomalies)}</span>}
              </span>
            </span>
          </button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem {...keys('Alt+N')} onClick={() => openWindow(session.id)}>
              Open in a new window
            </MenuItem>
            <MenuItem {...keys('Ctrl+S')} onClick={() => exportSession(session.id)}>
              Export…
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
          aria-label={capture === undefined ? `Remove ${name} from the list` : `Close the capture of ${name}`}
          title={capture === undefined ? 'Remove from the list' : `Close ${visibleText(capture)}`}
          onClick={() =>
            capture === undefined
              ? orNotify('The session was not removed', api.remove(session.id))
              : closeCapture(api, capture)
          }
        />
      )}
    </li>
  );
});
