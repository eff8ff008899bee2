import type { Api } from '../../../shared/api.ts';
import type { Failure } from '../../../shared/failure.ts';
import { BINDINGS_FILE } from '../../../shared/type-files.ts';
import { type WrittenBinding, withBinding } from '../../../shared/types/bindings/edit.ts';
import { refused } from '../../kit/format/refused.ts';
import { tookTypes, useTypes } from '../../view/types-store.ts';

/** Writes a file of types and shows the result. `version`: null for a new file. */
export async function saveFile(
  api: Pick<Api, 'saveTypeFile'>,
  file: { readonly name: string; readonly text: string; readonly version: string | null },
): Promise<Failure | null> {
  const answer = await api.saveTypeFile(file);
  if (!answer.ok) return answer.failure;
  tookTypes(answer.value);
  return null;
}

/** Binds messages to a type, before all other bindings. */
export async function bind(api: Pick<Api, 'saveTypeFile'>, binding: WrittenBinding): Promise<Failure | null> {
  const file = useTypes.getState().snapshot?.bindings;
  const text = withBinding(file?.text ?? '', binding);
  if (text === undefined) {
    const { failure } = refused(
      `${BINDINGS_FILE} can't be read as it is. Correct it on the page Declared types first.`,
    );
    return failure;
  }
  return saveFile(api, { name: BINDINGS_FILE, text, version: file?.version ?? null });
}
