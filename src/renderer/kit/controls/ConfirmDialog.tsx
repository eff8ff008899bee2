import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { useQuestion } from './confirm-store.ts';

/** Asks before what can't be undone. Cancel has the focus. */
export function ConfirmDialog() {
  const { question, answer } = useQuestion();
  return (
    <Dialog modalType="alert" open={question !== null} onOpenChange={(_, { open }) => !open && answer(false)}>
      <DialogSurface className="confirm">
        <DialogBody>
          <DialogTitle>{question?.title}</DialogTitle>
          <DialogContent className="foreign">{question?.text}</DialogContent>
          <DialogActions>
            <Button autoFocus onClick={() => answer(false)}>
              Cancel
            </Button>
            <Button appearance="primary" onClick={() => answer(true)}>
              {question?.action}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
