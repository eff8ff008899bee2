import { Switch } from '@fluentui/react-components';
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { CONDITION_WORDS, CONDITIONS } from '../../../shared/alarm/words.ts';
import { isOnChannel } from '../../../shared/session.ts';
import { useHost } from '../../host/host-store.ts';
import { useKeptAlarms } from './alarm-store.ts';
import { ChannelAlarms } from './ChannelAlarms.tsx';
import { askToNotify, permission } from './system-notification.ts';
import './alarms.css';

/** What each session of this run watches for, and what of it has happened. */
export function AlarmsPage() {
  const sessions = useHost(useShallow((state) => state.sessions.filter(isOnChannel).map(({ id }) => id)));
  return (
    <section className="page alarms" data-pane="page" aria-labelledby="alarms-title">
      <header className="page-head">
        <h1 id="alarms-title">Alarms</h1>
        <p className="page-note">Kept for each channel by the name of its section.</p>
        <NotifySwitch />
      </header>
      <div className="page-scroll">
        {sessions.length === 0 ? (
          <p className="page-empty">No session is open. Open one to set alarms for its channel.</p>
        ) : (
          <table className="alarms-table">
            <thead>
              <tr>
                <th scope="col">State</th>
                <th scope="col">Alarm</th>
                <th scope="col" className="numeric">
                  Fired
                </th>
                <th scope="col">Last</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            {sessions.map((id) => (
              <ChannelAlarms key={id} session={id} />
            ))}
          </table>
        )}
        <Help />
      </div>
    </section>
  );
}

/** The system asks the user, who may refuse. */
function NotifySwitch() {
  const notify = useKeptAlarms((state) => state.notify);
  const [refused, setRefused] = useState(permission() === 'denied');
  const change = async (wanted: boolean) => {
    const granted = wanted && (await askToNotify());
    setRefused(wanted && !granted);
    useKeptAlarms.setState({ notify: granted });
  };
  if (permission() === null) return null;
  return (
    <>
      {refused && <span className="warn">Notifications are blocked in the system or browser.</span>}
      <Switch
        label="Notify me on this desktop"
        labelPosition="before"
        checked={notify && !refused}
        onChange={(_, { checked }) => void change(checked)}
      />
    </>
  );
}

const OTHERS = [
  { example: 's2c silent 5s', describe: 'Watches one lane only: put s2c or c2s in front' },
  {
    example: 'size:>1k for 3',
    describe: 'This many records in a row on one lane match a filter; without “for”, one record',
  },
];

function Help() {
  return (
    <dl className="alarms-help" aria-label="What an alarm can wait for">
      {[...CONDITION_WORDS.map((word) => CONDITIONS[word]), ...OTHERS].map(({ example, describe }) => (
        <div key={example}>
          <dt>
            <code>{example}</code>
          </dt>
          <dd>{describe}</dd>
        </div>
      ))}
    </dl>
  );
}
