import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import { MonoField } from '../../kit/controls/MonoField.tsx';
import { validation } from '../../kit/controls/validation.ts';
import { NAME_FIELDS } from '../../view/channel-names.ts';
import { PROMISE } from '../tap/words.ts';
import { type Checked, type Form, isAble, OPEN_ROLES, type OpenRole } from './form.ts';

export interface FieldsProps {
  readonly form: Form;
  readonly checked: Checked;
  readonly change: (part: Partial<Form>) => void;
}

const ROLE_WORDS: Readonly<Record<OpenRole, { readonly label: string; readonly hint: string }>> = {
  server: { label: 'Server', hint: 'Creates a channel, sends and receives.' },
  client: { label: 'Client', hint: 'Joins a channel, sends and receives.' },
  tap: { label: 'Tap', hint: 'Observes a channel that two other programs use.' },
  raw: { label: 'Raw section', hint: 'Shows the bytes of any section.' },
};

const PREFIX =
  'With a service, which runs in session 0, or a program of another user, all three need the prefix Global\\.';
const OF_AN_END = `The crate lets only the section be named: its two events always have the names above. ${PREFIX}`;
const NOTES: Readonly<Record<OpenRole, string>> = {
  server: OF_AN_END,
  client: OF_AN_END,
  tap: `${PROMISE} An event whose name you don't know can be left empty: messages are seen without it.`,
  raw: 'Any named section, whatever is in it. It is opened read-only, never written to, and released when the programs have left.',
};

export function NamesFields({ form, checked, change }: FieldsProps) {
  return (
    <>
      <Field label="Role" orientation="horizontal" className="wide-label" hint={ROLE_WORDS[form.role].hint}>
        <RadioGroup
          layout="horizontal"
          value={form.role}
          onChange={(_, { value }) => change({ role: value as OpenRole })}
        >
          {OPEN_ROLES.map((role) => (
            <Radio key={role} value={role} label={ROLE_WORDS[role].label} />
          ))}
        </RadioGroup>
      </Field>
      {NAME_FIELDS.filter(({ name }) => name === 'section' || !isAble(form, 'inspect')).map(({ name, label }) => (
        <MonoField
          key={name}
          label={label}
          value={form[name]}
          change={(value) => change({ [name]: value })}
          {...validation(checked, name)}
        />
      ))}
      <p className="form-note">
        {checked.together ? (
          <span className="bad" role="alert">
            {checked.together}
          </span>
        ) : (
          NOTES[form.role]
        )}
      </p>
    </>
  );
}
