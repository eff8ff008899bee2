import { Button } from '@fluentui/react-components';
import { Delete16Regular } from '@fluentui/react-icons';
import type { AlarmState } from '../../../shared/alarm/alarm.ts';
import { useApi } from '../../host/api-context.ts';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { formatInteger } from '../../kit/format/bytes.ts';
import { formatClock } from '../../kit/format/time.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { useLogViews, zoneOf } from '../../view/view-store.ts';
import { AlarmField } from './AlarmField.tsx';
import { showFiring } from './show-firing.ts';

const STATE_WORDS = { armed: 'armed', fired: 'fired', stopped: 'stopped' } as const;

interface Props {
  readonly session: number;
  readonly text: string;
  /** null until the session has reported. */
  readonly state: AlarmState | null;
  readonly change: (text: string) => void;
  readonly remove: () => void;
}

/** An alarm of a session: what it waits for, whether it has fired, and what it saw last. */
export function AlarmRow({ session, text, state, change, remove }: Props) {
  const api = useApi();
  const zone = useLogViews(zoneOf);
  const last = state?.last;
  return (
    <tr data-state={state?.state}>
      <td className="alarm-state">
        <span className={`badge alarm-${state?.state ?? 'set'}`}>{state ? STATE_WORDS[state.state] : 'setting'}</span>
      </td>
      <td>
        <AlarmField key={text} label="Alarm" alarm={text} set={change} />
      </td>
      <td className="numeric">{state && formatInteger(state.count)}</td>
      <td className="alarm-last">
        {state?.why && <p className="bad">{state.why}</p>}
        {last && (
          <Button
            size="small"
            appearance="transparent"
            title="Go to the record, and show this time in the timeline"
            onClick={() => showFiring(api, session, last)}
          >
            <span className="number">{formatClock(last.wall, zone).slice(0, 12)}</span>
            <span className="foreign">{visibleText(last.says)}</span>
          </Button>
        )}
      </td>
      <td className="alarm-actions">
        <IconButton icon={<Delete16Regular />} label={`Remove ${visibleText(text)}`} hint="Remove" onClick={remove} />
      </td>
    </tr>
  );
}
