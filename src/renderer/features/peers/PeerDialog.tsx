import { Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
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
import { FormDialog } from '../../kit/controls/FormDialog.tsx';

/** Starts a program, or saves how one is started. */
export function PeerDialog() {
  const asked = usePeerDialog((state) => state.asked);
  return asked && <PeerDialogForm asked={asked} />;
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
  const submit = () => {
    if (!checked.start) return;
    if (edits === null) return void start(checked.start);
    save(checked.start);
    closePeerDialog();
  };

  return (
    <FormDialog
      title={edits === null ? 'Start a peer' : 'Change saved peer'}
      action={edits !== null ? 'Save' : starting ? 'Starting…' : 'Start'}
      className="peer-dialog"
      disabled={!ready || starting}
      submit={submit}
      close={closePeerDialog}
    >
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
    </FormDialog>
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
      {...(edits === null && { hint: 'If empty, it is started once and not saved.' })}
      {...(taken && { validationState: 'warning', validationMessage: 'This replaces the saved peer with that name.' })}
      {...(problem && { validationState: 'error', validationMessage: problem })}
    >
      <Input
        value={name}
        placeholder={suggested && `such as “${suggested}”`}
        onChange={(_, { value }) => setName(value)}
      />
    </Field>
  );
}

/** The fields may be scrolled, and the error is below them. */
const showIt = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'nearest' });
