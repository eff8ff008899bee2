import { Button, Field, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { SeqRange } from '../../../shared/export.ts';
import type { Failure } from '../../../shared/failure.ts';
import { can } from '../../../shared/session-kind.ts';
import { useApi } from '../../host/api-context.ts';
import { useHost, useSession } from '../../host/host-store.ts';
import { FormDialog } from '../../kit/controls/FormDialog.tsx';
import { useEncoding } from '../../kit/encoding/channel-encodings.ts';
import { formatInteger, plural } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { lengthOf } from '../../view/ranges.ts';
import { selectedRecords } from '../../view/selected-records.ts';
import { selectSession, useSelection } from '../../view/selection-store.ts';
import { shortName } from '../../view/session-text.ts';
import { useLogView, viewOf } from '../../view/view-store.ts';
import { newSession } from '../new-session/store.ts';
import { ReplayFields } from './ReplayFields.tsx';
import { checkReplayForm, emptyReplayForm } from './replay-form.ts';
import { closeReplayDialog, useReplayDialog } from './replay-store.ts';
import './replay.css';

export function ReplayDialog() {
  const { source, selection } = useReplayDialog();
  return source !== null && <ReplayDialogForm key={source} source={source} wantsSelection={selection} />;
}

interface Props {
  readonly source: number;
  readonly wantsSelection: boolean;
}

/** Which of a session's messages are sent again, on which open end, and when. */
function ReplayDialogForm({ source, wantsSelection }: Props) {
  const api = useApi();
  const { filter, resolved } = useLogView(source);
  const selection = useSelected(source);
  const section = useSession(source, (session) => session.section) ?? '';
  const committed = useSession(source, (session) => session.committed) ?? 0;
  const encoding = useEncoding(source);
  const ends = useEnds(source);
  const [target, setTarget] = useState<number | null>(null);
  const [form, setForm] = useState(() => emptyReplayForm(wantsSelection));
  const [failure, setFailure] = useState<Failure | null>(null);
  const [starting, setStarting] = useState(false);
  const checked = checkReplayForm(form, { selection, committed, filter: resolved, encoding });
  const end = ends.find(({ id }) => id === target) ?? ends[0];
  const isReady = checked.plan !== null && end !== undefined && !(form.selected && !selection) && !starting;

  const submit = async () => {
    if (!checked.plan || !end) return;
    setStarting(true);
    const result = await api.startReplay(end.id, { source, plan: checked.plan });
    setStarting(false);
    if (!result.ok) return setFailure(result.failure);
    selectSession(end.id);
    closeReplayDialog();
  };
  return (
    <FormDialog
      title="Replay"
      action={starting ? 'Starting…' : 'Start the replay'}
      className="replay"
      disabled={!isReady}
      submit={() => void submit()}
      close={closeReplayDialog}
    >
      <div className="replay-content">
        <p className="calm">
          Sends again what one end of <span className="foreign">{visibleText(section)}</span> sent, to the program that
          is at the other end now. A message that was not read yet is never overwritten.
        </p>
        <Field label="Messages" orientation="horizontal" className="wide-label">
          <RadioGroup
            value={form.selected ? 'selection' : 'all'}
            onChange={(_, { value }) => setForm({ ...form, selected: value === 'selection' })}
          >
            <Radio value="all" label={`All, of ${plural(committed, 'record')}`} />
            <Radio value="selection" disabled={!selection} label={selectionWords(selection)} />
          </RadioGroup>
        </Field>
        <Field
          label="Sent by"
          orientation="horizontal"
          className="wide-label"
          {...(end && { hint: `What the ${end.role} sent is sent again.` })}
        >
          {end ? (
            <Select value={String(end.id)} onChange={(_, { value }) => setTarget(Number(value))}>
              {ends.map(({ id, role, section }) => (
                <option key={id} value={id}>{`${shortName(section)}, ${role}`}</option>
              ))}
            </Select>
          ) : (
            <NoEnd />
          )}
        </Field>
        <ReplayFields
          form={form}
          checked={checked}
          filter={filter}
          change={(part) => {
            setForm({ ...form, ...part });
            setFailure(null);
          }}
        />
        {failure && <FailureMessage title="Couldn't start the replay" failure={failure} />}
      </div>
    </FormDialog>
  );
}

function NoEnd() {
  const open = (role: 'server' | 'client') => {
    closeReplayDialog();
    newSession(role);
  };
  return (
    <div className="replay-no-end">
      <p>No server or client session is open. Open the end that should send, then replay again.</p>
      <Button size="small" onClick={() => open('server')}>
        Open a server…
      </Button>
      <Button size="small" onClick={() => open('client')}>
        Open a client…
      </Button>
    </div>
  );
}

const selectionWords = (range: SeqRange | null): string =>
  range
    ? `Selected, record ${formatInteger(range[0])} to ${formatInteger(range[1])}`
    : 'Selected (nothing is selected)';

/** From the first to the last selected record; null while unknown, and without a selection. */
function useSelected(session: number): SeqRange | null {
  const api = useApi();
  const { picked } = useLogView(session);
  const [range, setRange] = useState<SeqRange | null>(null);
  useEffect(() => {
    setRange(null);
    if (lengthOf(picked) === 0) return;
    let wanted = true;
    const ask = async () => {
      const ranges = await selectedRecords(api, session, viewOf(session));
      if (!wanted || !ranges.ok) return;
      setRange([Math.min(...ranges.value.map(([from]) => from)), Math.max(...ranges.value.map(([, to]) => to))]);
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [api, session, picked]);
  return range;
}

/** Open ends; first the selected one, and one with the source's role. */
function useEnds(source: number) {
  const selected = useSelection((state) => state.id);
  const sessions = useHost(useShallow((state) => state.sessions));
  const from = sessions.find(({ id }) => id === source);
  const rank = ({ id, role, section }: (typeof sessions)[number]) =>
    (id === selected ? 4 : 0) + (section === from?.section ? 2 : 0) + (role === from?.role ? 1 : 0);
  return sessions
    .filter((session) => can(session.kind, session.role, 'send') && session.state === 'open')
    .sort((a, b) => rank(b) - rank(a))
    .map(({ id, role, section }) => ({ id, role, section }));
}
