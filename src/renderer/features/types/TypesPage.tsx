import { Button } from '@fluentui/react-components';
import {
  Add16Regular,
  Circle12Filled,
  Copy16Regular,
  DocumentText16Regular,
  Link16Regular,
} from '@fluentui/react-icons';
import { type DragEvent, useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import { BINDINGS_FILE } from '../../../shared/type-files.ts';
import type { Problem } from '../../../shared/types/model.ts';
import { useApi } from '../../host/api-context.ts';
import { orNotify } from '../../host/notices-store.ts';
import { IconButton } from '../../kit/controls/IconButton.tsx';
import { formatInteger } from '../../kit/format/bytes.ts';
import { copyText } from '../../kit/format/clipboard.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { useTypes } from '../../view/types-store.ts';
import { type EditedFile, editedFiles, setDraft, showFile, useEditing, withLf } from './draft-store.ts';
import { type ChosenFile, FileButton, readFiles } from './FileButton.tsx';
import { FileEditor } from './FileEditor.tsx';
import { nameProblem, unusedName } from './file-names.ts';
import { saveFile } from './save.ts';
import './types.css';

/** The user's declarations and bindings: files, what they declare, and what moves between ABIs. */
export function TypesPage() {
  const api = useApi();
  const { snapshot, failure } = useTypes();
  const { shown, drafts } = useEditing();
  const [refusal, setRefusal] = useState<Failure | null>(null);
  const [isOver, setIsOver] = useState(false);
  const files = editedFiles(snapshot, drafts);
  const declared = files.filter(({ name }) => name !== BINDINGS_FILE);
  const current = files.find(({ name }) => name === shown) ?? declared[0];
  const refuse = (message: string) => setRefusal({ code: 'invalid-argument', message });

  const begin = () => {
    const name = unusedName(
      'types.h',
      files.map((one) => one.name),
    );
    setDraft(name, { text: '', base: null });
    showFile(name);
  };
  /** A new file is saved at once; an existing one is changed, and saved when the user says so. */
  const add = async (chosen: readonly ChosenFile[]) => {
    setRefusal(null);
    for (const { name, text } of chosen) {
      const known = files.find((one) => one.name.toLowerCase() === name.toLowerCase());
      const wrong = known ? undefined : nameProblem(name, []);
      if (wrong) refuse(`${visibleText(name)}: ${wrong}`);
      else if (known) setDraft(known.name, { text: withLf(text), base: known.file?.version ?? null });
      else {
        const failed = await saveFile(api, { name, text, version: null });
        if (failed) setRefusal(failed);
      }
      if (!wrong) showFile(known?.name ?? name);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void readFiles([...event.dataTransfer.files], refuse).then(add);
  };

  return (
    <section
      className={isOver ? 'page types over' : 'page types'}
      data-pane="page"
      aria-labelledby="types-title"
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={(event) => event.currentTarget.contains(event.relatedTarget as Node | null) || setIsOver(false)}
      onDrop={drop}
    >
      <header className="page-head">
        <h1 id="types-title">Declared types</h1>
        <p className="page-note" title={snapshot?.folder}>
          Files in the data folder, yours to share.
        </p>
        <Button size="small" icon={<Add16Regular />} onClick={begin}>
          New file
        </Button>
        <FileButton several add={(chosen) => void add(chosen)} refuse={refuse} />
        {snapshot && (
          <IconButton
            label="Copy the folder's path"
            icon={<Copy16Regular />}
            onClick={() => orNotify("Couldn't copy", copyText(snapshot.folder))}
          />
        )}
      </header>
      {failure && <FailureMessage title="Couldn't read the declared types" failure={failure} />}
      {refusal && <FailureMessage title="Couldn't add the file" failure={refusal} />}
      <div className="types-body">
        <nav className="types-files" aria-label="Files">
          {files.map((one) => (
            <FileItem key={one.name} edited={one} isShown={one === current} problems={snapshot?.problems ?? []} />
          ))}
        </nav>
        {current ? <FileEditor key={current.name} edited={current} /> : <Empty begin={begin} />}
      </div>
    </section>
  );
}

interface ItemProps {
  readonly edited: EditedFile;
  readonly isShown: boolean;
  readonly problems: readonly Problem[];
}

function FileItem({ edited: { name, isChanged }, isShown, problems }: ItemProps) {
  const own = problems.filter(({ file, severity }) => file === name && severity === 'error').length;
  return (
    <button
      type="button"
      className="bare-button types-file"
      aria-current={isShown ? 'true' : undefined}
      onClick={() => showFile(name)}
    >
      {name === BINDINGS_FILE ? <Link16Regular /> : <DocumentText16Regular />}
      <span className="types-file-name foreign">{name === BINDINGS_FILE ? 'Bindings' : visibleText(name)}</span>
      {own > 0 && (
        <span className="types-wrong number" title={own === 1 ? '1 problem' : `${formatInteger(own)} problems`}>
          {formatInteger(own)}
        </span>
      )}
      {isChanged && <Circle12Filled className="types-changed" aria-label="changed" title="Not saved" />}
    </button>
  );
}

function Empty({ begin }: { begin: () => void }) {
  return (
    <div className="types-empty">
      <p>
        <b>Show messages as the fields that your programs declare.</b>
      </p>
      <p className="calm">
        Drop C headers, Rust or Protobuf files here, open them, or paste the declarations into a new file. Then a
        binding says which channel's messages have which type, built by which program: 32-bit or 64-bit.
      </p>
      <Button appearance="primary" onClick={begin}>
        Paste declarations
      </Button>
    </div>
  );
}
