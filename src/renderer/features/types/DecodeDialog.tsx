import { Button, Field, Input, Select } from '@fluentui/react-components';
import { useMemo, useRef, useState } from 'react';
import { LANES, type Lane } from '../../../shared/domain.ts';
import type { Failure } from '../../../shared/failure.ts';
import { ABIS } from '../../../shared/types/abi.ts';
import { parseCondition } from '../../../shared/types/bindings/condition.ts';
import type { WrittenBinding } from '../../../shared/types/bindings/edit.ts';
import { NO_TYPES } from '../../../shared/types/compiled/compiled.ts';
import { openTypes } from '../../../shared/types/compiled/open.ts';
import { useApi } from '../../host/api-context.ts';
import { FormDialog } from '../../kit/controls/FormDialog.tsx';
import { formatByteCount } from '../../kit/format/bytes.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { useTypes } from '../../view/types-store.ts';
import { CodeEditor, showPlace } from './CodeEditor.tsx';
import { type DecodeAbout, decodeAs, useDecodeAs } from './decode-store.ts';
import { FileButton } from './FileButton.tsx';
import { nameFor, nameProblem } from './file-names.ts';
import { firstValues } from './first-values.ts';
import { ProblemList } from './ProblemList.tsx';
import { bind, saveFile } from './save.ts';
import { type ChosenType, TypeTable } from './TypeTable.tsx';
import { fittingFirst, isForMessages, selfDescribing, typeChoices } from './type-choices.ts';
import { useTrial } from './use-trial.ts';
import './type-tables.css';
import './decode.css';

const LANE_NAMES: Readonly<Record<Lane, string>> = { s2c: 'Server to client', c2s: 'Client to server' };

/** Chooses a type for the messages of a channel, from existing declarations or ones pasted here. */
export function DecodeDialog() {
  const about = useDecodeAs((state) => state.about);
  return about && <Form about={about} />;
}

interface Pasted {
  readonly text: string;
  /** Null: as the text suggests. */
  readonly name: string | null;
}

function Form({ about }: { about: DecodeAbout }) {
  const api = useApi();
  const snapshot = useTypes((state) => state.snapshot);
  const taken = snapshot?.files.map(({ name }) => name) ?? [];
  const [pasted, setPasted] = useState<Pasted | null>(taken.length === 0 ? { text: '', name: null } : null);
  const { type, abi } = about;
  const [chosen, setChosen] = useState<ChosenType | null>(type !== undefined && abi ? { name: type, abi } : null);
  const [where, setWhere] = useState({ channel: about.section, lane: '' as Lane | '', when: '' });
  const [failure, setFailure] = useState<Failure | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);

  const text = pasted && pasted.text.trim() !== '' ? pasted.text : null;
  const name = pasted?.name ?? nameFor(pasted?.text ?? '', taken);
  const trial = useTrial(name, text);
  const own = (trial.read?.problems ?? []).filter(({ file }) => file === name);
  const compiled = trial.read?.compiled ?? snapshot?.compiled ?? NO_TYPES;
  const choices = useMemo(() => {
    const all = [...typeChoices(openTypes(compiled)).filter(isForMessages), ...selfDescribing()];
    return fittingFirst(all, about.bytes.length);
  }, [compiled, about.bytes.length]);
  const current = chosen && choices.some((one) => one.name === chosen.name) ? chosen : null;
  const wrongName = text === null ? undefined : nameProblem(name, taken);
  const condition = where.when.trim() === '' ? undefined : parseCondition(where.when);
  const wrongWhen = condition?.ok === false ? condition.message : undefined;

  const submit = async () => {
    if (!current) return;
    const binding: WrittenBinding = {
      ...(where.channel !== '' && { channel: where.channel }),
      ...(where.lane !== '' && { lane: where.lane }),
      ...(where.when.trim() !== '' && { when: where.when.trim() }),
      ...{ type: current.name, abi: current.abi },
    };
    const refusal =
      (text === null ? null : await saveFile(api, { name, text, version: null })) ?? (await bind(api, binding));
    setFailure(refusal);
    if (!refusal) decodeAs(null);
  };

  return (
    <FormDialog
      title="Decode as…"
      action="Decode"
      className="decode-dialog"
      disabled={!current || wrongName !== undefined || wrongWhen !== undefined}
      submit={() => void submit()}
      close={() => decodeAs(null)}
    >
      {failure && <FailureMessage title="Couldn't save" failure={failure} />}
      <section className="decode-declarations" aria-label="Declarations">
        {pasted ? (
          <>
            <div className="decode-text">
              <CodeEditor
                label="Declarations"
                text={pasted.text}
                setText={(typed) => setPasted({ ...pasted, text: typed })}
                problems={own}
                placeholder={
                  'Paste the header that declares the message:\n\nstruct order {\n  long id;\n  double price;\n};'
                }
                input={area}
              />
            </div>
            <div className="decode-file">
              <FileButton
                add={([file]) => file && setPasted({ text: file.text, name: file.name })}
                refuse={(message) => setFailure({ code: 'invalid-argument', message })}
              />
              <Field
                className="decode-name"
                {...(wrongName !== undefined && { validationState: 'error', validationMessage: wrongName })}
              >
                <Input
                  size="small"
                  className="mono"
                  aria-label="Save as"
                  contentBefore={<span className="calm">Save as</span>}
                  value={name}
                  spellCheck={false}
                  onChange={(_, { value }) => setPasted({ ...pasted, name: value })}
                />
              </Field>
            </div>
            <ProblemList problems={own} file={name} show={(problem) => showPlace(area.current, problem)} />
            {trial.failure && <FailureMessage title="Couldn't read the declarations" failure={trial.failure} />}
          </>
        ) : (
          <Button size="small" onClick={() => setPasted({ text: '', name: null })}>
            Add declarations…
          </Button>
        )}
      </section>
      <section className="decode-types" aria-label="Type">
        <p className="calm number">
          The message has {formatByteCount(about.bytes.length)}: choose its type, and the program that wrote it.
        </p>
        <div className="decode-table">
          <TypeTable choices={choices} size={about.bytes.length} chosen={current} choose={setChosen} />
        </div>
        <FirstValues about={about} chosen={current} compiled={compiled} />
      </section>
      <section className="decode-where" aria-label="Messages">
        <Field label="Channel" hint="* stands for any characters">
          <Input
            size="small"
            className="mono"
            value={where.channel}
            spellCheck={false}
            onChange={(_, { value }) => setWhere({ ...where, channel: value })}
          />
        </Field>
        <Field label="Direction">
          <Select
            size="small"
            value={where.lane}
            onChange={(_, { value }) => setWhere({ ...where, lane: value as Lane | '' })}
          >
            <option value="">Both</option>
            {LANES.map((lane) => (
              <option key={lane} value={lane}>
                {LANE_NAMES[lane]}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label="Only when"
          {...(wrongWhen === undefined
            ? { hint: 'Leave empty for all' }
            : { validationState: 'error', validationMessage: wrongWhen })}
        >
          <Input
            size="small"
            className="mono"
            placeholder={`size == ${about.bytes.length}`}
            value={where.when}
            spellCheck={false}
            onChange={(_, { value }) => setWhere({ ...where, when: value })}
          />
        </Field>
      </section>
    </FormDialog>
  );
}

interface FirstProps {
  readonly about: DecodeAbout;
  readonly chosen: ChosenType | null;
  readonly compiled: Parameters<typeof openTypes>[0];
}

/** What the message would say, so that a wrong choice shows at once. */
function FirstValues({ about, chosen, compiled }: FirstProps) {
  const reader = chosen ? openTypes(compiled).reader(chosen.name, chosen.abi) : undefined;
  const decoded = useMemo(() => reader?.decoder.decode(about.bytes), [reader, about.bytes]);
  if (!chosen || !decoded) return <p className="decode-first calm">Nothing chosen.</p>;
  const verdict = reader?.verdict(about.bytes);
  const doubt = verdict?.why ?? decoded.fault;
  return (
    <div className="decode-first">
      <p className="foreign mono">{firstValues(decoded.fields)}</p>
      {doubt && <p className="warn">{doubt}</p>}
      {!doubt && decoded.rest && (
        <p className="warn">
          {formatByteCount(decoded.rest.size)} remain after “{chosen.name}” on {ABIS[chosen.abi].label}.
        </p>
      )}
    </div>
  );
}
