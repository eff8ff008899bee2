import { Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import type { Role } from '../../../shared/domain.ts';
import type { Checked, FieldName, Form } from './form.ts';

export interface FieldsProps {
  readonly form: Form;
  readonly checked: Checked;
  readonly change: (part: Partial<Form>) => void;
}

/** The validation of one field in Fluent's words. */
export const validation = (checked: Checked, name: FieldName) => {
  const message = checked.fields[name];
  return message ? ({ validationState: 'error', validationMessage: message } as const) : {};
};

const NAMES = [
  { name: 'section', label: 'Section' },
  { name: 'eventS2c', label: 'Event server → client' },
  { name: 'eventC2s', label: 'Event client → server' },
] as const;

export function NamesFields({ form, checked, change }: FieldsProps) {
  return (
    <>
      <Field label="Role" orientation="horizontal" className="wide-label">
        <RadioGroup layout="horizontal" value={form.role} onChange={(_, { value }) => change({ role: value as Role })}>
          <Radio value="server" label="Server (creates the channel)" />
          <Radio value="client" label="Client (joins a channel)" />
        </RadioGroup>
      </Field>
      {NAMES.map(({ name, label }) => (
        <Field key={name} label={label} orientation="horizontal" className="wide-label" {...validation(checked, name)}>
          <Input
            className="mono"
            value={form[name]}
            spellCheck={false}
            autoComplete="off"
            onChange={(_, { value }) => change({ [name]: value })}
          />
        </Field>
      ))}
      <p className="form-note">
        {checked.together ? (
          <span className="bad" role="alert">
            {checked.together}
          </span>
        ) : (
          'The crate lets only the section be named: its two events always have the names above. With a service, which runs in session 0, or a program of another user, all three need the prefix Global\\.'
        )}
      </p>
    </>
  );
}
