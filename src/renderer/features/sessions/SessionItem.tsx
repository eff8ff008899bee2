import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import { memo } from 'react';
import { captureOf, isLive } from '../../../shared/session.ts';
import { NO_COUNTS, totalMessages } from '../../../shared/session-counts.ts';
import { useApi } from '../../host/api-context.ts';
import { useSession } from '../../host/host-store.ts';
import { orNotify } from '../../host/notices-store.ts';
import { formatInteger } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { openWindow } from '../../view/open-window.ts';
import { selectSession } from '../../view/selection-store.ts';
import { sessionLabel, sessionLine, shortName } from '../../view/session-text.ts';
import { AlarmFlash, AlarmMark } from '../alarms/AlarmMark.tsx';
import { closeCapture } from '../captures/actions.ts';
import { exportSession } from '../exports/export-store.ts';
import { replaySession } from '../replay/replay-store.ts';
import { togglePicked, useWatch } from '../watch/watch-store.ts';

/** Only {@link Words} changes as messages arrive: a menu is expensive to render. */
export const SessionItem = memo(function SessionItem({ id, selected }: { id: number; selected: boolean }) {
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
