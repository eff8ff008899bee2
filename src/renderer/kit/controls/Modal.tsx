import {
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import './modal.css';

interface Props {
  readonly title: ReactNode;
  /** Its buttons. */
  readonly actions: ReactNode;
  readonly className?: string;
  /** A question that is read out with its text; a click outside doesn't close it. */
  readonly isAlert?: boolean;
  /** What Enter in one of its fields does. */
  readonly submit?: () => void;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** A dialog, which Escape closes. It is open while mounted. */
export function Modal({ title, actions, className, isAlert = false, submit, close, children }: Props) {
  const body = (
    <DialogBody>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent className="modal-content calm">{children}</DialogContent>
      <DialogActions className="modal-actions">{actions}</DialogActions>
    </DialogBody>
  );
  return (
    <Dialog open modalType={isAlert ? 'alert' : 'modal'} onOpenChange={(_, { open }) => open || close()}>
      <DialogSurface
        {...(className !== undefined && { className })}
        {...(!isAlert && { 'aria-describedby': undefined })}
      >
        {submit ? (
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            {body}
          </form>
        ) : (
          body
        )}
      </DialogSurface>
    </Dialog>
  );
}
