import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
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

export function NewSessionDialog() {
  const role = useNewSession((state) => state.role);
  return (
    <Dialog open={role !== null} onOpenChange={(_, { open }) => !open && closeNewSession()}>
      <DialogSurface className="new-session" aria-describedby={undefined}>
        {role && <NewSessionForm role={role} />}
      </DialogSurface>
    </Dialog>
  );
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

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void open(form);
  };

  return (
    <form onSubmit={submit} noValidate>
      <DialogBody>
        <DialogTitle>New session</DialogTitle>
        <DialogContent className="new-session-content">
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
        </DialogContent>
        <DialogActions>
          <Button onClick={closeNewSession}>Cancel</Button>
          <Button type="submit" appearance="primary" disabledFocusable={!checked.options || opening}>
            {opening ? 'Opening…' : `Open ${form.role}`}
          </Button>
        </DialogActions>
      </DialogBody>
    </form>
  );
}

/** The fields may be scrolled, and what went wrong stands below them. */
const showIt = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'nearest' });
