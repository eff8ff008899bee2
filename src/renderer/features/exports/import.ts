import type { Api } from '../../../shared/api.ts';
import { MAX_IMPORT_CHUNK } from '../../../shared/export.ts';
import { notify } from '../../host/notices-store.ts';
import { visibleText } from '../../kit/format/visible.ts';

type Importing = Pick<Api, 'startImport' | 'importChunk' | 'importEnd' | 'cancelJob'>;

/**
 * Lets the user choose a file, and imports it. Call it from a key press or a click, or the browser won't open the file
 * dialog.
 */
export function chooseImport(api: Importing): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.jsonl,application/jsonl';
  input.onchange = () => {
    const [file] = input.files ?? [];
    if (file) void importFile(api, file);
  };
  input.click();
}

/** Hands a file to the host piece by piece. Once started, the job itself reports its progress, and why it failed. */
export async function importFile(api: Importing, file: Pick<File, 'name' | 'size' | 'slice'>): Promise<void> {
  if (file.size === 0) {
    const message = "The file is empty or isn't a file.";
    return notify(`Couldn't import ${visibleText(file.name)}`, { code: 'import-invalid', message });
  }
  const started = await api.startImport({ name: file.name, size: file.size });
  if (!started.ok) return notify(`Couldn't import ${visibleText(file.name)}`, started.failure);
  const { id } = started.value;
  try {
    for (let at = 0; at < file.size; at += MAX_IMPORT_CHUNK) {
      const bytes = new Uint8Array(await file.slice(at, at + MAX_IMPORT_CHUNK).arrayBuffer());
      const taken = await api.importChunk(id, bytes);
      if (!taken.ok) return;
    }
    await api.importEnd(id);
  } catch (error) {
    await api.cancelJob(id);
    const message = `Couldn't read the file: ${error instanceof Error ? error.message : String(error)}. Import it again.`;
    notify(`Couldn't import ${visibleText(file.name)}`, { code: 'import-failed', message });
  }
}
