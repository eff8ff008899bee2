import { Field, Input } from '@fluentui/react-components';
import type { ComponentProps } from 'react';

interface Props extends Pick<ComponentProps<typeof Field>, 'hint' | 'validationState' | 'validationMessage'> {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
}

/** A name or a path, which no spell checker knows. */
export function MonoField({ label, value, change, ...field }: Props) {
  return (
    <Field {...field} label={label} orientation="horizontal" className="wide-label">
      <Input
        className="mono"
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(_, data) => change(data.value)}
      />
    </Field>
  );
}
