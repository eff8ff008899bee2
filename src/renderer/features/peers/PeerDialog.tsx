import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  Radio,
  RadioGroup,
} from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import type { StartPeer } from '../../../shared/peers.ts';
import { useApi } from '../../host/api-context.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { showInLab } from '../../view/lab-store.ts';
import { BehaviourFields } from './BehaviourFields.tsx';
import { ChannelFields } from './ChannelFields.tsx';
import { type AskedPeer, closePeerDialog, usePeerDialog } from './dialog-store.ts';
import { ProgramFields } from './ProgramFields.tsx';
import { checkPeerForm, type PeerForm } from './peer-form.ts';
import { doesWords, kindWords } from './peer-words.ts';
import { peerNameProblem, savePeer, useSavedPeers } from './saved-peers.ts';
import './peer-dialog.css';

/** Starts a program, or keeps how one is started. */
export function PeerDialog() {
  const asked = usePeerDialog((state) => state.asked);
  return (
    <Dialog open={asked !== null} onOpenChange={(_, { open }) => !open && closePeerDialog()}>
      <DialogSurface className="peer-dialog" aria-describedby={undefined}>
        {asked && <PeerDialogForm asked={asked} />}
      </DialogSurface>
    </Dialog>
  );
}

function PeerDialogForm({ asked }: { asked: AskedPeer }) {
  const api = useApi();
  const [form, setForm] = useState(asked.form);
  const [name, setName] = useState(asked.name);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [starting, setStarting] = useState(false);
  const checked = checkPeerForm(form);
  const { edits } = asked;
  const kept = name.trim();
  const ready = checked.start !== null && peerNameProblem(kept) === undefined && !(edits !== null && kept === '');

  const change = (part: Partial<PeerForm>) => {
    setForm({ ...form, ...part });
    setFailure(null);
  };
  const save = (start: StartPeer) => kept !== '' && savePeer({ name: kept, start }, edits);
  const start = async (start: StartPeer) => {
    setStarting(true);
    const result = await api.startPeer(start);
    setStarting(false);
    if (!result.ok) return setFailure(result.failure);
    save(start);
    closePeerDialog();
    showInLab({ of: 'peer', id: result.value.id });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!checked.start || !ready || starting) return;
    if (edits === null) return void start(checked.start);
    save(checked.start);
    closePeerDialog();
  };

  return (
    <form onSubmit={submit} noValidate>
      <DialogBody>
        <DialogTitle>{edits === null ? 'Start a peer' : 'Change saved peer'}</DialogTitle>
        <DialogContent className="peer-dialog-content">
          <Field label="Program" orientation="horizontal" className="wide-label">
            <RadioGroup
              layout="horizontal"
              value={form.kind}
              onChange={(_, { value }) => change({ kind: value as PeerForm['kind'] })}
            >
              <Radio value="bundled" label="Bundled peer" />
              <Radio value="program" label="My own program" />
            </RadioGroup>
          </Field>
          {form.kind === 'bundled' ? (
            <>
              <ChannelFields form={form} checked={checked} change={change} />
              <BehaviourFields form={form} checked={checked} change={change} />
            </>
          ) : (
            <ProgramFields form={form} checked={checked} change={change} />
          )}
          <NameField name={name} setName={setName} edits={edits} suggested={suggestionFor(checked.start)} />
          {failure && (
            <div ref={showIt}>
              <FailureMessage title="Couldn't start it" failure={failure} />
            </div>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={closePeerDialog}>Cancel</Button>
          <Button type="submit" appearance="primary" disabledFocusable={!ready || starting}>
            {edits !== null ? 'Save' : starting ? 'Starting…' : 'Start'}
          </Button>
        </DialogActions>
      </DialogBody>
    </form>
  );
}

const suggestionFor = (start: StartPeer | null): string =>
  start ? `${doesWords(start)}, ${kindWords(start, start.kind === 'bundled' ? start.bits : null)}` : '';

interface NameProps {
  readonly name: string;
  readonly setName: (name: string) => void;
  readonly edits: string | null;
  readonly suggested: string;
}

function NameField({ name, setName, edits, suggested }: NameProps) {
  const kept = name.trim();
  const taken = useSavedPeers((saved) => kept !== edits && saved.some((one) => one.name === kept));
  const problem = peerNameProblem(kept);
  return (
    <Field
      label="Save as"
      orientation="horizontal"
      className="wide-label"
      {...(edits === null && { hint: 'Empty: started once, and not kept.' })}
      {...(taken && { validationState: 'warning', validationMessage: 'This replaces the saved peer with that name.' })}
      {...(problem && { validationState: 'error', validationMessage: problem })}
    >
      <Input value={name} placeholder={`such as “${suggested}”`} onChange={(_, { value }) => setName(value)} />
    </Field>
  );
}

/** The fields may be scrolled, and what went wrong stands below them. */
const showIt = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'nearest' });
