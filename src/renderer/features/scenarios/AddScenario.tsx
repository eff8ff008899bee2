import { Field } from '@fluentui/react-components';
import { useState } from 'react';
import { FormDialog } from '../../kit/controls/FormDialog.tsx';
import { PathInput } from '../../kit/controls/PathInput.tsx';
import { checkWords, isSound, Problems } from './Problems.tsx';
import { addScenario, useScenarioFiles } from './scenario-store.ts';
import { useCheck } from './use-check.ts';

/** Adds a file to the list; one with mistakes too, since they can be fixed there. */
export function AddScenario({ close }: { close: () => void }) {
  const [path, setPath] = useState('');
  const file = path.trim().replace(/^"(.*)"$/, '$1');
  const check = useCheck(file, null);
  const listed = useScenarioFiles((files) => files.includes(file));
  const submit = () => {
    addScenario(file);
    close();
  };
  return (
    <FormDialog
      title="Add a scenario"
      action="Add"
      className="add-scenario"
      disabled={!check?.ok || listed}
      submit={submit}
      close={close}
    >
      <Field
        label="File"
        hint="A YAML file on the machine where Shmscope runs."
        {...(listed && { validationState: 'warning', validationMessage: 'It is in the list already.' })}
        {...(isSound(check) && !listed && { validationState: 'success', validationMessage: checkWords(check) })}
      >
        <PathInput kind="scenario" label="File" value={path} known={[]} change={setPath} />
      </Field>
      <Problems check={check} />
    </FormDialog>
  );
}
