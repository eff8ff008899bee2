import { Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import { type CaptureInfo, MAX_TITLE } from '../../../shared/captures.ts';
import type { Failure } from '../../../shared/failure.ts';
import { useApi } from '../../host/api-context.ts';
import { FormDialog } from '../../kit/controls/FormDialog.tsx';
import { visibleText } from '../../kit/format/visible.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';

/** Gives a capture a title. An empty one removes it. */
export function RenameDialog({ capture, close }: { capture: CaptureInfo; close: () => void }) {
  const api = useApi();
  const [title, setTitle] = useState(capture.title ?? '');
  const [failure, setFailure] = useState<Failure | null>(null);
  const save = async () => {
    const wanted = title.trim();
    const result = await api.renameCapture(capture.file, wanted === '' ? null : wanted);
    if (result.ok) close();
    else setFailure(result.failure);
  };
  return (
    <FormDialog title="Rename capture" action="Rename" className="rename" submit={save} close={close}>
      <Field label="Title" hint={`The file name doesn't change: ${visibleText(capture.file)}.`}>
        <Input value={title} maxLength={MAX_TITLE} onChange={(_, { value }) => setTitle(value)} />
      </Field>
      {failure && <FailureMessage title="Couldn't save the title" failure={failure} />}
    </FormDialog>
  );
}
