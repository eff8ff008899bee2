import { Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { PositionQuery } from '../../shared/find.ts';
import { FormDialog } from '../controls/FormDialog.tsx';
import { goalOf } from './goal.ts';

interface Props {
  /** When the session was opened, µs since 1970. */
  readonly openedAt: number;
  readonly go: (at: PositionQuery['at']) => void;
  readonly close: () => void;
}

/** Goes to a record by its number or by its time. */
export function GoToDialog({ openedAt, go, close }: Props) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = () => {
    const goal = goalOf(text, openedAt);
    if (typeof goal === 'string') return setProblem(goal);
    go(goal);
    close();
  };
  return (
    <FormDialog title="Go to" action="Go" submit={submit} close={close}>
      <Field label="Record number or time" {...(problem !== null && { validationMessage: problem })}>
        <Input
          value={text}
          placeholder="1200 or 10:00:02.5"
          onChange={(_, { value }) => {
            setText(value);
            setProblem(null);
          }}
        />
      </Field>
    </FormDialog>
  );
}
