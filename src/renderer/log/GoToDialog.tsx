import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
} from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import type { PositionQuery } from '../../shared/find.ts';
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const goal = goalOf(text, openedAt);
    if (typeof goal === 'string') return setProblem(goal);
    go(goal);
    close();
  };
  return (
    <Dialog open onOpenChange={(_, { open }) => open || close()}>
      <DialogSurface>
        <form onSubmit={submit}>
          <DialogBody>
            <DialogTitle>Go to</DialogTitle>
            <DialogContent>
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
            </DialogContent>
            <DialogActions>
              <Button onClick={close}>Cancel</Button>
              <Button type="submit" appearance="primary">
                Go
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
