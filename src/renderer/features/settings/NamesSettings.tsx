import { Button, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import { objectNameProblem } from '../../../shared/object-name.ts';
import { NAME_FIELDS } from '../../view/channel-names.ts';
import { DEFAULT_WINDOW_SETTINGS, setWindowSettings, useWindowSettings } from './window-settings.ts';

type NameField = (typeof NAME_FIELDS)[number]['name'];

/** What the dialog for a new session starts with. */
export function NamesSettings() {
  const kept = useWindowSettings();
  const usual = NAME_FIELDS.every(({ name }) => kept[name] === DEFAULT_WINDOW_SETTINGS[name]);
  const reset = () => {
    const { section, eventS2c, eventC2s } = DEFAULT_WINDOW_SETTINGS;
    setWindowSettings({ section, eventS2c, eventC2s });
  };
  return (
    <fieldset className="settings-section">
      <legend>New session names</legend>
      {NAME_FIELDS.map(({ name, label }) => (
        <NameInput key={`${name} ${kept[name]}`} name={name} label={label} kept={kept[name]} />
      ))}
      <Button size="small" className="settings-reset" disabledFocusable={usual} onClick={reset}>
        Crate defaults
      </Button>
    </fieldset>
  );
}

/** A name is saved when the field is left; a wrong one never is. */
function NameInput({ name, label, kept }: { name: NameField; label: string; kept: string }) {
  const [text, setText] = useState(kept);
  const problem = objectNameProblem(text);
  return (
    <Field label={label} orientation="horizontal" {...(problem && { validationMessage: problem })}>
      <Input
        className="mono"
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(_, { value }) => setText(value)}
        onBlur={() => !problem && text !== kept && setWindowSettings({ [name]: text })}
      />
    </Field>
  );
}
