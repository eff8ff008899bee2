import { Button, Field, Input, MessageBar, MessageBarBody, Select, Switch } from '@fluentui/react-components';
import { useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import type { SettingsState } from '../../../shared/settings.ts';
import { useApi } from '../../host/api-context.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { checkRetention, type RetentionForm, retentionForm, UNITS, type Unit } from './retention.ts';

/** How large the captures may get, and how old. Removes records, so it takes effect only when applied. */
export function RetentionSettings({ state }: { state: SettingsState }) {
  const api = useApi();
  const [kept, setKept] = useState(state);
  const [form, setForm] = useState(() => retentionForm(state.settings));
  const [failure, setFailure] = useState<Failure | null>(null);
  const [previous, setPrevious] = useState(state);
  if (previous !== state) {
    setPrevious(state);
    // What was set in another window takes effect, and the form starts over from it.
    if (JSON.stringify(state) !== JSON.stringify(kept)) {
      setKept(state);
      setForm(retentionForm(state.settings));
    }
  }
  const checked = checkRetention(form);
  const changed = JSON.stringify(checked.settings) !== JSON.stringify(kept.settings);

  const change = (part: Partial<RetentionForm>) => {
    setForm({ ...form, ...part });
    setFailure(null);
  };
  const apply = async () => {
    if (!checked.settings) return;
    const result = await api.setSettings(checked.settings);
    if (result.ok) setKept(result.value);
    else setFailure(result.failure);
  };
  const wrong = (field: 'size' | 'days') =>
    checked.settings === null && checked.field === field ? { validationMessage: checked.problem } : {};

  return (
    <fieldset className="settings-section">
      <legend>Retention</legend>
      {kept.problem !== null && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody className="foreign">{visibleText(kept.problem)}</MessageBarBody>
        </MessageBar>
      )}
      <p className="settings-note">
        When a limit is exceeded, the oldest records are removed first. The log shows what was removed from it, the
        captures list which files.
      </p>
      <div className="settings-limit">
        <Switch
          label="Limit the size of all captures"
          checked={form.limitSize}
          onChange={(_, { checked: on }) => change({ limitSize: on })}
        />
        <Field {...wrong('size')}>
          <div className="settings-amount">
            <Input
              aria-label="Size"
              inputMode="decimal"
              disabled={!form.limitSize}
              value={form.size}
              onChange={(_, { value }) => change({ size: value })}
            />
            <Select
              aria-label="Unit of the size"
              disabled={!form.limitSize}
              value={form.unit}
              onChange={(_, { value }) => change({ unit: value as Unit })}
            >
              {Object.keys(UNITS).map((unit) => (
                <option key={unit}>{unit}</option>
              ))}
            </Select>
          </div>
        </Field>
      </div>
      <div className="settings-limit">
        <Switch
          label="Remove older records"
          checked={form.limitAge}
          onChange={(_, { checked: on }) => change({ limitAge: on })}
        />
        <Field {...wrong('days')}>
          <div className="settings-amount">
            <Input
              aria-label="Days"
              inputMode="numeric"
              disabled={!form.limitAge}
              value={form.days}
              onChange={(_, { value }) => change({ days: value })}
            />
            days
          </div>
        </Field>
      </div>
      {failure && <FailureMessage title="Couldn't save the settings" failure={failure} />}
      <Button
        size="small"
        appearance={changed ? 'primary' : 'secondary'}
        className="settings-reset"
        disabledFocusable={!checked.settings || !changed}
        onClick={apply}
      >
        Apply
      </Button>
      <p className="visually-hidden" role="status">
        {changed || failure ? '' : 'Limits applied.'}
      </p>
    </fieldset>
  );
}
