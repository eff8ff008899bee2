import { Button } from '@fluentui/react-components';
import { useQuestion } from './confirm-store.ts';
import { Modal } from './Modal.tsx';

/** Asks before something that can't be undone. Cancel has the focus. */
export function ConfirmDialog() {
  const { question, answer } = useQuestion();
  if (question === null) return null;
  const actions = (
    <>
      <Button autoFocus onClick={() => answer(false)}>
        Cancel
      </Button>
      <Button appearance="primary" onClick={() => answer(true)}>
        {question.action}
      </Button>
    </>
  );
  return (
    <Modal isAlert className="confirm" title={question.title} actions={actions} close={() => answer(false)}>
      <div className="foreign">{question.text}</div>
    </Modal>
  );
}
