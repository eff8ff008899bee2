import { Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Modal } from './Modal.tsx';
import './wide-label.css';

interface Props {
  readonly title: string;
  /** The submit button's label. */
  readonly action: string;
  /** The other button's label; "Cancel" if omitted. */
  readonly leave?: string;
  /** It can't be submitted as it is. */
  readonly disabled?: boolean;
  readonly className?: string;
  readonly submit: () => void;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** A dialog with fields, which Enter submits and Escape closes. It is open while mounted. */
export function FormDialog({ action, leave = 'Cancel', disabled = false, submit, ...props }: Props) {
  return (
    <Modal
      {...props}
      submit={() => {
        if (!disabled) submit();
      }}
      actions={
        <>
          <Button onClick={props.close}>{leave}</Button>
          <Button type="submit" appearance="primary" disabledFocusable={disabled}>
            {action}
          </Button>
        </>
      }
    />
  );
}
