import type { ComponentType } from 'react';
import { ACCESS_SHORT, accessWords, DEFAULT_ACCESS, isAccessChoice } from '../../../shared/access.ts';
import { captureOf, hasPeerExited, isLive, isOnChannel } from '../../../shared/session.ts';
import { type Ability, can, knowsLanes } from '../../../shared/session-kind.ts';
import { useLive, useSession } from '../../host/host-store.ts';
import { formatSize } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { stateWord } from '../../view/session-text.ts';
import { NotReceiving, ReceiveControls } from '../receive/ReceiveControls.tsx';
import { TapControls } from '../tap/TapControls.tsx';
import { UnseenNote } from '../tap/UnseenNote.tsx';
import { CloseControls } from './CloseControls.tsx';
import { Counters } from './Counters.tsx';
import { Gauge } from './Gauge.tsx';
import { MovedBanner } from './MovedBanner.tsx';
import { recordsBehind, sessionStatus } from './status.ts';
import './header.css';

/** A part of the header that exists if the session can do what it is about. */
interface AblePart {
  readonly needs: Ability;
  readonly Part: ComponentType<{ id: number }>;
}
const CONTROLS: readonly AblePart[] = [
  { needs: 'receive', Part: ReceiveControls },
  { needs: 'sample', Part: TapControls },
];
const NOTES: readonly AblePart[] = [
  { needs: 'receive', Part: NotReceiving },
  { needs: 'sample', Part: UnseenNote },
];

/** Everything about the selected session except its log. */
export function Header({ session: id }: { session: number }) {
  const hasCounters = useSession(id, ({ role }) => knowsLanes(role));
  return (
    <header className="header" data-pane="header">
      <div className="header-top">
        <Title id={id} />
        <Able id={id} parts={CONTROLS} />
        <CloseControls id={id} />
      </div>
      <MovedBanner id={id} />
      <div className="header-figures">
        <div className="gauges">
          <Gauge id={id} lane="s2c" />
          <Gauge id={id} lane="c2s" />
        </div>
        {hasCounters && <Counters id={id} />}
      </div>
      <div className="header-status">
        <Able id={id} parts={NOTES} />
        <StatusLine id={id} />
      </div>
    </header>
  );
}

function Able({ id, parts }: { id: number; parts: readonly AblePart[] }) {
  const able = useSession(id, ({ kind, role }) => parts.filter(({ needs }) => can(kind, role, needs))) ?? [];
  return able.map(({ needs, Part }) => <Part key={needs} id={id} />);
}

function Title({ id }: { id: number }) {
  const session = useSession(id, (s) => ({
    role: s.role,
    section: s.section,
    eventS2c: s.eventS2c,
    eventC2s: s.eventC2s,
    state: s.state,
    capture: captureOf(s),
  }));
  const live = useLive(id, (s) => ({
    access: s.kind === 'endpoint' ? s.access : null,
    ...(isOnChannel(s) ? { layout: s.layout, capacity: s.capacity } : { layout: null, capacity: 0 }),
    extent: s.kind === 'raw' ? s.extent : 0,
    state: s.state,
    waiting: s.waiting !== null,
    peerExited: hasPeerExited(s),
    abandoned: s.kind === 'tap' && s.abandoned,
  }));
  if (!session) return null;
  const access = live?.access;
  const who = access ? `Can be opened by ${accessWords(access)}` : '';
  const events = session.eventS2c ? `\nServer → client ${session.eventS2c}\nClient → server ${session.eventC2s}` : '';
  const names = `Section ${session.section}${events}\n${who}`;
  return (
    <div className="title">
      <h1 className="foreign" title={names.trimEnd().split('\n').map(visibleText).join('\n')}>
        {visibleText(session.section)}
      </h1>
      <ul className="badges" aria-label="About this session">
        <li className={`badge role-${session.role}`}>{session.role}</li>
        {live?.layout && <li className="badge">{live.layout}</li>}
        {access && access !== DEFAULT_ACCESS && (
          <li className="badge" title={who}>
            {isAccessChoice(access) ? ACCESS_SHORT[access] : 'access list'}
          </li>
        )}
        {live && live.extent > 0 && <li className="badge">{formatSize(live.extent)}</li>}
        {live && live.capacity > 0 && <li className="badge capacity">{formatSize(live.capacity)} per direction</li>}
        <li className={`badge state-${live?.peerExited && session.state === 'open' ? 'exited' : session.state}`}>
          {live ? stateWord(live) : session.state}
        </li>
        {session.capture !== undefined && <li className="badge foreign">from {visibleText(session.capture)}</li>}
      </ul>
    </div>
  );
}

function StatusLine({ id }: { id: number }) {
  const session = useSession(id, (s) => ({
    state: s.state,
    failure: s.failure,
    ...(isLive(s) && { waiting: s.waiting, peerExited: hasPeerExited(s), behind: recordsBehind(s) }),
    ...(s.kind === 'tap' && { awaited: 'the channel', abandoned: s.abandoned === true }),
  }));
  const lines = session ? sessionStatus(session) : [];
  return (
    <p className="status-line" role="status">
      {lines.map(({ text, tone }) => (
        <span key={text} className={`foreign ${tone}`} title={text}>
          {text}
        </span>
      ))}
    </p>
  );
}
