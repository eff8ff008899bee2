import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import { useApi } from '../../host/api-context.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { selectSession } from '../../view/selection-store.ts';
import { lastTimeout, rememberTimeout } from '../receive/receive-store.ts';
import { useWindowSettings } from '../settings/window-settings.ts';
import { checkForm, emptyForm, type Form, type OpenRole, remediesFor } from './form.ts';
import { NamesFields } from './NamesFields.tsx';
import { OptionsFields } from './OptionsFields.tsx';
import { closeNewSession, useNewSession } from './store.ts';
import './new-session.css';
import { FormDialog } from '../../kit/controls/FormDialog.tsx';

export function NewSessionDialog() {
  const role = useNewSession((state) => state.role);
  return role && <NewSessionForm role={role} />;
}

function NewSessionForm({ role }: { role: OpenRole }) {
  const api = useApi();
  const [form, setForm] = useState(() =>
    emptyForm(role, lastTimeout(), useNewSession.getState().names ?? useWindowSettings.getState()),
  );
  const [failure, setFailure] = useState<Failure | null>(null);
  const [opening, setOpening] = useState(false);
  const checked = checkForm(form);

  const change = (part: Partial<Form>) => {
    setForm({ ...form, ...part });
    setFailure(null);
  };

  const open = async (from: Form) => {
    const { options } = checkForm(from);
    if (!options || opening) return;
    setForm(from);
    setFailure(null);
    setOpening(true);
    const result = await api.open(options);
    setOpening(false);
    if (!result.ok) return setFailure(result.failure);
    if (options.kind === 'endpoint' && options.receive?.mode === 'continuous')
      rememberTimeout(options.receive.timeoutMs);
    selectSession(result.value.id);
    closeNewSession();
  };

  return (
    <FormDialog
      title="New session"
      action={opening ? 'Opening…' : `Open ${form.role}`}
      className="new-session"
      disabled={!checked.options || opening}
      submit={() => void open(form)}
      close={closeNewSession}
    >
      <NamesFields form={form} checked={checked} change={change} />
      <OptionsFields form={form} checked={checked} change={change} />
      {failure && (
        <div ref={showIt}>
          <FailureMessage title={`Couldn't open the ${form.role}`} failure={failure}>
            {remediesFor(failure, form).map((remedy) => (
              <Button key={remedy.label} size="small" onClick={() => open({ ...form, ...remedy.change })}>
                {remedy.label}
              </Button>
            ))}
          </FailureMessage>
        </div>
      )}
    </FormDialog>
  );
}

/** The fields may be scrolled, and the error is below them. */
const showIt = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'nearest' });
