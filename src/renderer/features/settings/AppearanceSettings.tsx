import { Field, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { TIME_WORDS, type TimeMode } from '../../kit/format/time.ts';
import { chooseTheme, THEME_CHOICES, THEME_WORDS, useTheme } from '../../kit/theme/theme-store.ts';
import { setTimeMode, useLogViews } from '../../view/view-store.ts';

/** Theme, and how the log shows time. */
export function AppearanceSettings() {
  const choice = useTheme((state) => state.choice);
  const timeMode = useLogViews((state) => state.timeMode);
  return (
    <fieldset className="settings-section">
      <legend>Appearance</legend>
      <Field label="Theme" orientation="horizontal">
        <RadioGroup layout="horizontal" value={choice}>
          {THEME_CHOICES.map((theme) => (
            <Radio key={theme} value={theme} label={THEME_WORDS[theme]} onChange={() => chooseTheme(theme)} />
          ))}
        </RadioGroup>
      </Field>
      <Field label="Times in the log" orientation="horizontal">
        <Select
          className="settings-select"
          value={timeMode}
          onChange={(_, { value }) => setTimeMode(value as TimeMode)}
        >
          {Object.entries(TIME_WORDS).map(([mode, word]) => (
            <option key={mode} value={mode}>
              {word}
            </option>
          ))}
        </Select>
      </Field>
    </fieldset>
  );
}
