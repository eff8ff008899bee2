import { Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import type { TypeFile } from '../../../shared/type-files.ts';
import { useApi } from '../../host/api-context.ts';
import { FormDialog } from '../../kit/controls/FormDialog.tsx';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { tookTypes, useTypes } from '../../view/types-store.ts';
import { showFile, useEditing } from './draft-store.ts';
import { nameProblem } from './file-names.ts';

/** Gives a file another name, together with its unsaved changes. */
export function RenameFile({ file, close }: { file: TypeFile; close: () => void }) {
  const api = useApi();
  const [name, setName] = useState(file.name);
  const [failure, setFailure] = useState<Failure | null>(null);
  const taken = useTypes((state) => state.snapshot)?.files.map((one) => one.name) ?? [];
  const others = taken.filter((one) => one !== file.name);
  const wrong = name === file.name ? undefined : nameProblem(name, others);
  const submit = async () => {
    const answer = await api.renameTypeFile({ name: file.name, to: name, version: file.version });
    if (!answer.ok) return setFailure(answer.failure);
    tookTypes(answer.value);
    useEditing.setState(({ drafts: { [file.name]: draft, ...rest } }) => ({
      drafts: draft ? { ...rest, [name]: draft } : rest,
    }));
    showFile(name);
    close();
  };
  return (
    <FormDialog
      title="Rename file"
      action="Rename"
      className="rename"
      disabled={wrong !== undefined || name === file.name}
      submit={() => void submit()}
      close={close}
    >
      <Field label="Name" {...(wrong !== undefined && { validationState: 'error', validationMessage: wrong })}>
        <Input className="mono" value={name} spellCheck={false} onChange={(_, { value }) => setName(value)} />
      </Field>
      {failure && <FailureMessage title="Couldn't rename" failure={failure} />}
    </FormDialog>
  );
}
