import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { FormEvent, ReactNode } from 'react';

interface Props {
  readonly title: string;
  /** What the button says that submits. */
  readonly action: string;
  /** What the other one says; "Cancel" where nothing is given. */
  readonly leave?: string;
  /** It can't be submitted as it is. */
  readonly disabled?: boolean;
  readonly className?: string;
  readonly submit: () => void;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** A dialog with fields, which Enter submits and Escape closes. It is open as long as it is there. */
export function FormDialog({ title, action, leave = 'Cancel', disabled = false, className, ...props }: Props) {
  const { submit, close, children } = props;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!disabled) submit();
  };
  return (
    <Dialog open onOpenChange={(_, { open }) => open || close()}>
      <DialogSurface {...(className !== undefined && { className })} aria-describedby={undefined}>
        <form onSubmit={onSubmit}>
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent>{children}</DialogContent>
            <DialogActions>
              <Button onClick={close}>{leave}</Button>
              <Button type="submit" appearance="primary" disabledFocusable={disabled}>
                {action}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
