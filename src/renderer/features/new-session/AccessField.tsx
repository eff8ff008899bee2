import { Field, Input, Select } from '@fluentui/react-components';
import { ACCESS_CHOICES, ACCESS_WORDS } from '../../../shared/access.ts';
import { useHost } from '../../host/host-store.ts';
import { validation } from '../../kit/controls/validation.ts';
import type { Form } from './form.ts';
import type { FieldsProps } from './NamesFields.tsx';

/** Who besides us may open what a server creates. */
export function AccessField({ form, checked, change }: FieldsProps) {
  const only = useHost(({ info }) => info?.kernel === 'posix');
  return (
    <Field
      label="Who can open it"
      orientation="horizontal"
      className="wide-label"
      {...(only && { hint: 'On this system only the same user can.' })}
      {...validation(checked, 'access')}
    >
      <div className="access-choice">
        <Select
          aria-label="Who can open it"
          disabled={only}
          value={form.access}
          onChange={(_, { value }) => change({ access: value as Form['access'] })}
        >
          {ACCESS_CHOICES.map((choice) => (
            <option key={choice} value={choice}>
              {ACCESS_WORDS[choice]}
            </option>
          ))}
          <option value="sddl">an access list (SDDL)</option>
        </Select>
        {form.access === 'sddl' && (
          <Input
            className="mono"
            aria-label="Access list in SDDL"
            placeholder="D:(A;;GA;;;WD)"
            value={form.sddl}
            spellCheck={false}
            autoComplete="off"
            onChange={(_, { value }) => change({ sddl: value })}
          />
        )}
      </div>
    </Field>
  );
}
