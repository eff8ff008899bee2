import { Button, Field, Input } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import * as v from 'valibot';
import { FilePicker } from '../../kit/controls/FilePicker.tsx';
import { Modal } from '../../kit/controls/Modal.tsx';
import { plural } from '../../kit/format/bytes.ts';
import { download } from '../../kit/format/download.ts';
import { readTextFile } from '../../kit/format/text-file.ts';
import { visibleText } from '../../kit/format/visible.ts';
import type { Draft } from './draft.ts';
import { deleteTemplate, saveTemplates, useTemplates } from './template-store.ts';
import {
  byFolder,
  draftFrom,
  MAX_TEMPLATES_FILE,
  readTemplatesFile,
  type Template,
  templateSchema,
  templatesFile,
  writtenOf,
} from './templates.ts';

interface Props {
  readonly draft: Draft;
  readonly load: (draft: Draft) => void;
  readonly close: () => void;
}

/** Saves the message as a template, and manages the templates. */
export function TemplatesDialog({ draft, load, close }: Props) {
  const templates = useTemplates();
  const [said, setSaid] = useState<{ readonly bad: boolean; readonly text: string } | null>(null);
  const use = (template: Template) => {
    load(draftFrom(template));
    close();
  };
  return (
    <Modal
      title="Templates"
      className="templates-dialog"
      close={close}
      actions={
        <>
          <Import say={setSaid} />
          <Button
            disabledFocusable={templates.length === 0}
            onClick={() => download(templatesFile(templates), 'shmscope-templates.json', 'application/json')}
          >
            Export
          </Button>
          <Button appearance="primary" onClick={close}>
            Done
          </Button>
        </>
      }
    >
      <SaveForm draft={draft} say={setSaid} />
      <p role="status" className={said?.bad ? 'bad' : 'calm'}>
        {said?.text}
      </p>
      {byFolder(templates).map(([folder, inFolder]) => (
        <section key={folder} aria-label={folder === '' ? 'No folder' : folder}>
          <h3>{folder === '' ? 'No folder' : visibleText(folder)}</h3>
          <ul>
            {inFolder.map((template) => (
              <Entry key={template.name} template={template} use={use} />
            ))}
          </ul>
        </section>
      ))}
      {templates.length === 0 && <p className="calm">No templates yet.</p>}
    </Modal>
  );
}

type Say = (said: { readonly bad: boolean; readonly text: string }) => void;

function SaveForm({ draft, say }: { draft: Draft; say: Say }) {
  const [name, setName] = useState('');
  const [folder, setFolder] = useState('');
  const taken = useTemplates((templates) =>
    templates.some((one) => one.name === name.trim() && one.folder === folder.trim()),
  );
  const save = (event: FormEvent) => {
    event.preventDefault();
    const parsed = v.safeParse(templateSchema, { folder, name, ...writtenOf(draft) });
    if (!parsed.success) return say({ bad: true, text: parsed.issues[0].message });
    saveTemplates([parsed.output]);
    say({ bad: false, text: `${taken ? 'Replaced' : 'Saved'} “${visibleText(parsed.output.name)}”.` });
  };
  if (draft.mode === 'file')
    return <p className="calm">Files can't be saved as templates. Enter the message instead.</p>;
  return (
    <form className="templates-save" onSubmit={save}>
      <Field label="Name">
        <Input value={name} onChange={(_, { value }) => setName(value)} />
      </Field>
      <Field label="Folder">
        <Input value={folder} placeholder="none" onChange={(_, { value }) => setFolder(value)} />
      </Field>
      <Button type="submit">{taken ? 'Replace' : 'Save this message'}</Button>
    </form>
  );
}

function Entry({ template, use }: { template: Template; use: (template: Template) => void }) {
  const name = visibleText(template.name);
  return (
    <li className="templates-entry">
      <span className="foreign">
        <b>{name}</b> <span className="calm">{visibleText(template.content.slice(0, 80))}</span>
      </span>
      <Button size="small" aria-label={`Use ${name}`} onClick={() => use(template)}>
        Use
      </Button>
      <Button size="small" aria-label={`Delete ${name}`} onClick={() => deleteTemplate(template)}>
        Delete
      </Button>
    </li>
  );
}

function Import({ say }: { say: Say }) {
  const take = async ([file]: readonly File[]) => {
    if (!file) return;
    const read = await readTextFile(file, MAX_TEMPLATES_FILE);
    const found = read.ok ? readTemplatesFile(read.text) : read;
    if (!found.ok) return say({ bad: true, text: `Couldn't import ${visibleText(file.name)}. ${found.message}` });
    saveTemplates(found.templates);
    say({ bad: false, text: `${plural(found.templates.length, 'template')} imported.` });
  };
  return (
    <FilePicker label="Templates file" accept="application/json,.json" take={take}>
      Import…
    </FilePicker>
  );
}
