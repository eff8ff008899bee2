import { Button, Checkbox, MenuItem } from '@fluentui/react-components';
import { useState } from 'react';
import type { CapturedSessionInfo, CaptureInfo } from '../../../shared/captures.ts';
import { useApi } from '../../host/api-context.ts';
import { MoreMenu } from '../../kit/controls/MoreMenu.tsx';
import { formatSize, plural } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { shortName } from '../../view/session-text.ts';
import { closeCapture, deleteCapture, openCapture } from './actions.ts';
import { RenameDialog } from './RenameDialog.tsx';
import { useCaptureBytes } from './use-capture-bytes.ts';
import { captureName, formatMoment, STATE_WORDS, sessionCounts } from './words.ts';

interface Props {
  readonly capture: CaptureInfo;
  readonly chosen: boolean;
  /** Two others are chosen. */
  readonly full: boolean;
  readonly choose: (file: string, wanted: boolean) => void;
}

/** One capture, and below it what is wrong with its file. */
export function CaptureRow({ capture, chosen, full, choose }: Props) {
  const name = captureName(capture);
  return (
    <tbody data-state={capture.state}>
      <tr>
        <td>
          <Checkbox
            aria-label={`Compare ${name}`}
            checked={chosen}
            disabled={full && !chosen}
            onChange={(_, { checked }) => choose(capture.file, checked === true)}
          />
        </td>
        <th scope="row" className="capture-name">
          <span className="foreign">{name}</span>
          <span className="capture-second">
            <span className={`badge state-${capture.state}`}>{STATE_WORDS[capture.state]}</span>
            {capture.title !== null && <span className="foreign">{visibleText(capture.file)}</span>}
          </span>
        </th>
        <td>
          <Sessions sessions={capture.sessions} damaged={capture.problem !== null} />
        </td>
        <td className="numeric">
          <Size capture={capture} />
        </td>
        <td className="number capture-times">
          <span>{formatMoment(capture.createdAt)}</span>
          <span>{formatMoment(capture.writtenAt)}</span>
        </td>
        <td className="capture-actions">
          <Actions capture={capture} name={name} />
        </td>
      </tr>
      {capture.problem && (
        <tr>
          <td />
          <td colSpan={5} className="capture-problem foreign">
            {visibleText(capture.problem.message)}
            {capture.problem.os && ` OS error ${capture.problem.os.code}: ${visibleText(capture.problem.os.message)}`}
          </td>
        </tr>
      )}
    </tbody>
  );
}

function Size({ capture }: { capture: CaptureInfo }) {
  return <>{formatSize(useCaptureBytes()(capture))}</>;
}

const LISTED = 4;

function Sessions({ sessions, damaged }: { sessions: readonly CapturedSessionInfo[]; damaged: boolean }) {
  if (sessions.length === 0) return <span className="calm">{damaged ? 'none readable' : 'no sessions'}</span>;
  return (
    <ul className="capture-sessions">
      {sessions.slice(0, LISTED).map((session) => (
        <li key={session.session}>
          <span className="foreign">{shortName(session.section)}</span>{' '}
          <span className="calm number">
            {session.role} · {sessionCounts(session)}
          </span>
        </li>
      ))}
      {sessions.length > LISTED && <li className="calm">and {plural(sessions.length - LISTED, 'more session')}</li>}
    </ul>
  );
}

type Action = 'open' | 'close' | 'delete';

function Actions({ capture, name }: { capture: CaptureInfo; name: string }) {
  const api = useApi();
  const [doing, setDoing] = useState<Action | null>(null);
  const [renaming, setRenaming] = useState(false);
  const { file, state } = capture;

  const run = async (what: Action, action: Promise<unknown>) => {
    setDoing(what);
    await action;
    setDoing(null);
  };
  return (
    <>
      {state === 'closed' && (
        <Button
          size="small"
          disabledFocusable={doing !== null}
          aria-label={`Open ${name}`}
          onClick={() => run('open', openCapture(api, capture))}
        >
          {doing === 'open' ? 'Opening…' : 'Open'}
        </Button>
      )}
      {state === 'opened' && (
        <Button
          size="small"
          disabledFocusable={doing !== null}
          aria-label={`Close ${name}`}
          onClick={() => run('close', closeCapture(api, file))}
        >
          Close
        </Button>
      )}
      <MoreMenu of={name}>
        <MenuItem onClick={() => setRenaming(true)}>Rename…</MenuItem>
        <MenuItem disabled={state !== 'closed'} onClick={() => run('delete', deleteCapture(api, capture))}>
          {state === 'closed' ? 'Delete…' : state === 'opened' ? 'Delete (close it first)' : 'Delete (recording)'}
        </MenuItem>
      </MoreMenu>
      {renaming && <RenameDialog capture={capture} close={() => setRenaming(false)} />}
    </>
  );
}
