import { memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { LANES } from '../../../shared/domain.ts';
import { isLive, isOnChannel } from '../../../shared/session.ts';
import { useHost, useLive } from '../../host/host-store.ts';
import { formatInteger } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { sessionLabel, shortName } from '../../view/session-text.ts';
import { AlarmFlash, AlarmMark } from '../alarms/AlarmMark.tsx';
import { LaneCell } from './LaneCell.tsx';
import { Strip } from './Strip.tsx';
import { momentAt, type Strips } from './use-strips.ts';
import { useWatch } from './watch-store.ts';
import { complaintsOf, watchLine } from './words.ts';

interface Props {
  readonly id: number;
  readonly strips: Strips | null;
  /** Shows the session, at a moment if given, in µs since it began. */
  readonly open: (id: number, mono: number | null) => void;
}

/** A session in a line: what it is, both slots, its figures, its traffic. */
export const WatchRow = memo(function WatchRow({ id, strips, open }: Props) {
  const hasLanes = useLive(id, isOnChannel);
  const began = useLive(id, (s) => s.began) ?? 0;
  const openAtCross = () => {
    const { cross } = useWatch.getState();
    open(id, cross === null || !strips ? null : momentAt(strips, cross) - began);
  };
  return (
    <li className="watch-row">
      <AlarmFlash session={id} />
      <Name id={id} open={openAtCross} />
      <div className="watch-lanes">{hasLanes && LANES.map((lane) => <LaneCell key={lane} {...{ id, lane }} />)}</div>
      <Figures id={id} />
      <Strip id={id} strips={strips} open={(mono) => open(id, mono)} />
    </li>
  );
});

function Name({ id, open }: { id: number; open: () => void }) {
  const session = useLive(id, (s) => s);
  if (!session) return null;
  const { role, state, section } = session;
  return (
    <button type="button" className="bare-button watch-name" title={visibleText(section)} onClick={open}>
      <span className={`dot ${role} ${state}`} />
      <span className="visually-hidden">{sessionLabel(session)}</span>
      <span className="session-words" aria-hidden="true">
        <span className="session-name foreign">{shortName(section)}</span>
        <span className="session-line">{watchLine(session)}</span>
      </span>
    </button>
  );
}

function Alarms({ id }: { id: number }) {
  const alarms = useLive(id, (s) => s.alarms);
  return alarms ? <AlarmMark session={{ alarms }} /> : null;
}

/** Its rate, and what is wrong with it. */
function Figures({ id }: { id: number }) {
  const rate = useLive(id, (s) => s.rate) ?? 0;
  const complaints = useHost(
    useShallow((state) => {
      const session = state.sessions.find((each) => each.id === id);
      return session && isLive(session) ? complaintsOf(session).flatMap(({ text, tone }) => [text, tone]) : [];
    }),
  );
  return (
    <div className="watch-figures number">
      <b>{formatInteger(rate)}/s</b>
      <span className="watch-complaints">
        <Alarms id={id} />
        {complaints.map((text, i) =>
          i % 2 === 0 ? (
            <span key={text} className={complaints[i + 1]}>
              {text}
            </span>
          ) : null,
        )}
      </span>
    </div>
  );
}
