import { create } from 'zustand';
import { BINDINGS_FILE, type TypeFile, type TypesSnapshot } from '../../../shared/type-files.ts';
import { useTypes } from '../../view/types-store.ts';

/** Unsaved changes. */
export interface Draft {
  /** Lines end in \n, as in a text field. */
  readonly text: string;
  /** The version that was changed; null: a file that doesn't exist yet. */
  readonly base: string | null;
}

interface Editing {
  /** The file that is shown; null: the first. */
  readonly shown: string | null;
  readonly drafts: Readonly<Record<string, Draft>>;
}

export const useEditing = create<Editing>(() => ({ shown: null, drafts: {} }));

export const showFile = (name: string | null): void => useEditing.setState({ shown: name });

export function setDraft(name: string, draft: Draft | null): void {
  useEditing.setState(({ drafts: { [name]: _, ...others } }) => ({
    drafts: draft ? { ...others, [name]: draft } : others,
  }));
}

/** The text has been written: what was typed meanwhile stays as a change of it. */
export function wasSaved(name: string, text: string): void {
  const draft = useEditing.getState().drafts[name];
  const { snapshot } = useTypes.getState();
  const file = [snapshot?.bindings, ...(snapshot?.files ?? [])].find((one) => one?.name === name);
  setDraft(name, draft && draft.text !== text ? { text: draft.text, base: file?.version ?? null } : null);
}

/** A file as the editor has it. */
export interface EditedFile {
  readonly name: string;
  readonly text: string;
  readonly isChanged: boolean;
  /** It was changed elsewhere since it was changed here, or removed. */
  readonly isConflict: boolean;
  readonly file: TypeFile | null;
  /** The version that was changed; undefined without changes. */
  readonly draftBase: string | null | undefined;
}

/** All files of the folder and those not saved yet: the bindings first, then by name. */
export function editedFiles(snapshot: TypesSnapshot | null, drafts: Editing['drafts']): EditedFile[] {
  const files = [...(snapshot?.bindings ? [snapshot.bindings] : []), ...(snapshot?.files ?? [])];
  const known = new Map(files.map((file) => [file.name, file]));
  const names = new Set([BINDINGS_FILE, ...known.keys(), ...Object.keys(drafts)]);
  const inOrder = [...names].sort(
    (a, b) => Number(b === BINDINGS_FILE) - Number(a === BINDINGS_FILE) || a.localeCompare(b),
  );
  return inOrder.map((name) => {
    const [file, draft] = [known.get(name) ?? null, drafts[name]];
    const own = withLf(file?.text ?? '');
    return {
      ...{ name, file, text: draft?.text ?? own, draftBase: draft?.base },
      isChanged: draft !== undefined && (draft.text !== own || draft.base === null),
      isConflict: draft !== undefined && draft.base !== (file?.version ?? null),
    };
  });
}

export const withLf = (text: string): string => text.replaceAll('\r\n', '\n');

/** The text as it is written: its line ends are those of the file. */
export const asWritten = (text: string, file: TypeFile | null): string =>
  file?.text.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
