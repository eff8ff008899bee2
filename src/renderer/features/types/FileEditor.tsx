import { Button, MessageBar, MessageBarActions, MessageBarBody, Tab, TabList } from '@fluentui/react-components';
import { Delete16Regular, Rename16Regular, Save16Regular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import { BINDINGS_FILE } from '../../../shared/type-files.ts';
import { NO_TYPES } from '../../../shared/types/compiled/compiled.ts';
import type { Problem } from '../../../shared/types/model.ts';
import { useApi } from '../../host/api-context.ts';
import { confirm } from '../../kit/controls/confirm-store.ts';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { visibleText } from '../../kit/format/visible.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { tookTypes, useTypes } from '../../view/types-store.ts';
import { BindingsForm } from './BindingsForm.tsx';
import { CodeEditor, showPlace } from './CodeEditor.tsx';
import { asWritten, type EditedFile, setDraft, showFile, wasSaved } from './draft-store.ts';
import { ProblemList } from './ProblemList.tsx';
import { RenameFile } from './RenameFile.tsx';
import { saveFile } from './save.ts';
import { TypeList } from './TypeList.tsx';
import { useTrial } from './use-trial.ts';

/** One file: its text, what is wrong in it, and what it declares. */
export function FileEditor({ edited }: { edited: EditedFile }) {
  const api = useApi();
  const { name, text, file, isChanged, isConflict } = edited;
  const snapshot = useTypes((state) => state.snapshot);
  const trial = useTrial(name, isChanged ? text : null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [renaming, setRenaming] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const isBindings = name === BINDINGS_FILE;
  const [side, setSide] = useState<'text' | 'meaning'>(isBindings ? 'meaning' : 'text');
  const read = trial.read ?? snapshot;
  const problems = (read?.problems ?? []).filter((one) => one.file === name);
  const others = (read?.problems ?? []).filter((one) => one.file !== name);
  const compiled = read?.compiled ?? NO_TYPES;

  const setText = (next: string) => setDraft(name, { text: next, base: baseOf(edited) });
  const save = async () => {
    if (!isChanged || isConflict) return;
    const refusal = await saveFile(api, { name, text: asWritten(text, file), version: file?.version ?? null });
    setFailure(refusal);
    if (!refusal) wasSaved(name, text);
  };
  const remove = async () => {
    if (!file) return setDraft(name, null);
    const isSure = await confirm({
      title: `Delete ${visibleText(name)}?`,
      text: 'The file is removed from the data folder. Messages that it declares are no longer decoded.',
      action: 'Delete',
    });
    if (!isSure) return undefined;
    const answer = await api.removeTypeFile({ name, version: file.version });
    setFailure(answer.ok ? null : answer.failure);
    if (!answer.ok) return undefined;
    setDraft(name, null);
    showFile(null);
    tookTypes(answer.value);
    return undefined;
  };
  const showProblem = (problem: Problem) => {
    if (problem.file !== name) return showFile(problem.file);
    setSide('text');
    requestAnimationFrame(() => showPlace(input.current, problem));
    return undefined;
  };

  return (
    <div className={isBindings ? 'file-editor of-bindings' : 'file-editor'} data-side={side}>
      <div className="file-bar">
        <b className="foreign mono">{visibleText(name)}</b>
        {isChanged && <span className="calm">{file ? 'changed' : 'not saved'}</span>}
        <TabList
          size="small"
          className="file-sides"
          selectedValue={side}
          onTabSelect={(_, { value }) => setSide(value as 'text' | 'meaning')}
        >
          <Tab value="text">Text</Tab>
          <Tab value="meaning">{isBindings ? 'Bindings' : 'Types'}</Tab>
        </TabList>
        <span className="file-actions">
          {file && !isBindings && (
            <IconButton label="Rename…" icon={<Rename16Regular />} onClick={() => setRenaming(true)} />
          )}
          {(file || isChanged) && (
            <IconButton label={file ? 'Delete…' : 'Discard'} icon={<Delete16Regular />} onClick={() => void remove()} />
          )}
          <Button
            size="small"
            appearance={isChanged ? 'primary' : 'secondary'}
            icon={<Save16Regular />}
            title="Save (Ctrl+S)"
            disabledFocusable={!isChanged || isConflict}
            onClick={() => void save()}
          >
            Save
          </Button>
        </span>
      </div>
      {isConflict && (
        <Conflict
          edited={edited}
          take={() => setDraft(name, null)}
          keep={() => setDraft(name, { text, base: file?.version ?? null })}
        />
      )}
      {failure && <FailureMessage title="Couldn't save" failure={failure} />}
      {trial.failure && <FailureMessage title="Couldn't read the text" failure={trial.failure} />}
      <div className="file-body">
        <div className="file-text">
          <CodeEditor
            {...{ text, setText, problems, input }}
            label={`Text of ${name}`}
            placeholder={
              isBindings ? 'bindings:\n  - channel: Local\\Orders*\n    type: order\n    abi: windows-x86' : ''
            }
            save={() => void save()}
          />
          <ProblemList problems={[...problems, ...others]} file={name} show={showProblem} />
        </div>
        <div className="file-meaning">
          {isBindings ? <BindingsForm {...{ text, setText, compiled }} /> : <TypeList compiled={compiled} />}
        </div>
      </div>
      {renaming && file && <RenameFile file={file} close={() => setRenaming(false)} />}
    </div>
  );
}

/** The version being changed: the draft's, or the current one. */
const baseOf = ({ file, draftBase }: EditedFile): string | null =>
  draftBase === undefined ? (file?.version ?? null) : draftBase;

function Conflict({ edited: { file }, take, keep }: { edited: EditedFile; take: () => void; keep: () => void }) {
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        {file
          ? 'This file was changed elsewhere while you changed it here. Nothing was overwritten.'
          : 'This file was deleted elsewhere while you changed it here.'}
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={take}>
          {file ? 'Discard my changes' : 'Discard it here too'}
        </Button>
        <Button size="small" onClick={keep}>
          {file ? 'Keep mine and overwrite it' : 'Keep mine'}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
