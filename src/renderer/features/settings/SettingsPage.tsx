import { Button, Spinner, Switch } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { Result } from '../../../shared/failure.ts';
import type { SettingsState } from '../../../shared/settings.ts';
import { useApi } from '../../host/api-context.ts';
import { useHost } from '../../host/host-store.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { LogButton, LogFile } from '../../kit/trouble/LogPlace.tsx';
import { AppearanceSettings } from './AppearanceSettings.tsx';
import { NamesSettings } from './NamesSettings.tsx';
import { RetentionSettings } from './RetentionSettings.tsx';
import { setWindowSettings, useWindowSettings } from './window-settings.ts';
import './settings.css';

/** The user's settings: this window's own, and the host's for every window. */
export function SettingsPage() {
  return (
    <section className="page settings" data-pane="page" aria-labelledby="settings-title">
      <header className="page-head">
        <h1 id="settings-title">Settings</h1>
        <p className="page-note">Changes take effect immediately, limits when you apply them.</p>
      </header>
      <div className="page-scroll settings-sections">
        <AppearanceSettings />
        <NamesSettings />
        <HostSettings />
        <Confirmations />
        <Help />
      </div>
    </section>
  );
}

function HostSettings() {
  const api = useApi();
  const epoch = useHost((state) => state.epoch);
  const version = useHost((state) => state.settingsVersion);
  const [answer, setAnswer] = useState<Result<SettingsState> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another host or version has other settings
  useEffect(() => {
    let wanted = true;
    void api.settings().then((result) => wanted && setAnswer(result));
    return () => {
      wanted = false;
    };
  }, [api, epoch, version]);

  if (!answer) return <Spinner size="tiny" label="Loading settings…" />;
  if (!answer.ok)
    return (
      <FailureMessage title="Couldn't read the settings" failure={answer.failure}>
        <Button size="small" onClick={() => void api.settings().then(setAnswer)}>
          Try again
        </Button>
      </FailureMessage>
    );
  return <RetentionSettings key={epoch} state={answer.value} />;
}

function Help() {
  return (
    <fieldset className="settings-section">
      <legend>Help</legend>
      <p className="settings-note">
        Unexpected errors are in the program log, without payloads: <LogFile />
      </p>
      <div>
        <LogButton />
      </div>
    </fieldset>
  );
}

function Confirmations() {
  const { confirmClose, confirmDelete } = useWindowSettings();
  return (
    <fieldset className="settings-section">
      <legend>Confirmations</legend>
      <Switch
        label="Ask before closing a session"
        checked={confirmClose}
        onChange={(_, { checked }) => setWindowSettings({ confirmClose: checked })}
      />
      <Switch
        label="Ask before deleting a capture"
        checked={confirmDelete}
        onChange={(_, { checked }) => setWindowSettings({ confirmDelete: checked })}
      />
    </fieldset>
  );
}
