import type { AlarmState } from '../../../shared/alarm/alarm.ts';
import { MAX_ALARMS } from '../../../shared/alarm/texts.ts';
import { useLive } from '../../host/host-store.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { selectSession } from '../../view/selection-store.ts';
import { shortName } from '../../view/session-text.ts';
import { AlarmField } from './AlarmField.tsx';
import { AlarmRow } from './AlarmRow.tsx';
import { alarmsOf, keepAlarms, useKeptAlarms } from './alarm-store.ts';

const NONE: readonly AlarmState[] = [];

/** The alarms of one session, and a field for another. */
export function ChannelAlarms({ session: id }: { session: number }) {
  const session = useLive(id, ({ section, role, state }) => ({ section, role, state }));
  const states = useLive(id, ({ alarms }) => alarms) ?? NONE;
  const kept = useKeptAlarms((all) => alarmsOf(all, session?.section ?? ''));
  if (!session) return null;
  const { section, role, state } = session;
  const name = shortName(section);
  const keep = (texts: readonly string[]) => keepAlarms(section, texts);
  const change = (before: string, text: string) => keep(kept.map((one) => (one === before ? text : one)));
  const isOver = state === 'closed' || state === 'failed';
  return (
    <tbody aria-label={`Alarms of ${name}`}>
      <tr className="alarm-channel">
        <th scope="rowgroup" colSpan={5}>
          <button type="button" className="link foreign" title={visibleText(section)} onClick={() => selectSession(id)}>
            {name}
          </button>{' '}
          <span className="calm">
            {role}
            {state !== 'open' && `, ${state}`}
          </span>
        </th>
      </tr>
      {(isOver ? states.map(({ text }) => text) : kept).map((text) => (
        <AlarmRow
          key={text}
          session={id}
          text={text}
          state={states.find((one) => one.text === text) ?? null}
          change={(changed) => change(text, changed)}
          remove={() => keep(kept.filter((one) => one !== text))}
        />
      ))}
      {!isOver && (
        <tr>
          <td />
          <td colSpan={4}>
            {kept.length < MAX_ALARMS ? (
              <AlarmField
                label={`New alarm for ${name}`}
                placeholder="New alarm: unread > 500ms · silent 5s · rate < 10/s · size:>1k for 3"
                alarm=""
                set={(text) => keep([...kept, text])}
              />
            ) : (
              <p className="calm alarm-full">A channel can have at most {MAX_ALARMS} alarms.</p>
            )}
          </td>
        </tr>
      )}
    </tbody>
  );
}
