import { Alert16Filled, Alert16Regular } from '@fluentui/react-icons';
import { useChannel } from '../../host/host-store.ts';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { plural } from '../../kit/format/bytes.ts';
import { showPage } from '../../view/page-store.ts';

/** Leads from a session's header to its alarms. */
export function AlarmsButton({ session }: { session: number }) {
  const seen = useChannel(session, ({ alarms }) => ({
    set: alarms.length,
    fired: alarms.filter(({ state }) => state === 'fired').length,
  }));
  if (!seen) return null;
  const words = seen.set === 0 ? 'No alarms set' : `${plural(seen.set, 'alarm')} set, ${seen.fired} fired`;
  return (
    <IconButton
      icon={seen.set > 0 ? <Alert16Filled className={seen.fired > 0 ? 'bad' : ''} /> : <Alert16Regular />}
      label={`Alarms: ${words.toLowerCase()}`}
      hint={words}
      keys="Ctrl+Shift+A"
      onClick={() => showPage('alarms')}
    />
  );
}
