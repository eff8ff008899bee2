import { Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { PositionQuery } from '../../../shared/find.ts';
import { FormDialog } from '../../kit/controls/FormDialog.tsx';
import { lifetimeOf } from '../filter/read-filter.ts';
import { goalOf } from './goal.ts';

interface Props {
  readonly session: number;
  readonly go: (at: PositionQuery['at']) => void;
  readonly close: () => void;
}

/** Goes to a record by its number or its time. */
export function GoToDialog({ session, go, close }: Props) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = () => {
    const goal = goalOf(text, lifetimeOf(session));
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
