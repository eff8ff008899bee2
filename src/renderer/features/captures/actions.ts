import type { Api } from '../../../shared/api.ts';
import type { CaptureInfo } from '../../../shared/captures.ts';
import { notify, orNotify } from '../../host/notices-store.ts';
import { confirm } from '../../kit/controls/confirm-store.ts';
import { formatSize } from '../../kit/format/bytes.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { selectWhenListed } from '../../view/selection-store.ts';
import { useWindowSettings } from '../settings/window-settings.ts';
import { captureName } from './words.ts';

/** Opens a capture for reading, and shows its first session. */
export async function openCapture(api: Api, capture: CaptureInfo): Promise<void> {
  const opened = await api.openCapture(capture.file);
  if (!opened.ok) return notify(`Couldn't open ${captureName(capture)}`, opened.failure);
  const { sessions, problem } = opened.value;
  if (problem) notify(`Parts of ${captureName(capture)} can't be read`, problem);
  const first = sessions[0];
  if (first !== undefined) selectWhenListed(first);
}

export const closeCapture = (api: Api, file: string): Promise<boolean> =>
  orNotify(`Couldn't close ${visibleText(file)}`, api.closeCapture(file));

export async function deleteCapture(api: Api, capture: CaptureInfo): Promise<void> {
  const name = captureName(capture);
  const question = {
    title: 'Delete capture?',
    text: `${name} (${formatSize(capture.bytes)}) and everything it recorded will be deleted. This can't be undone.`,
    action: 'Delete',
  };
  if (useWindowSettings.getState().confirmDelete && !(await confirm(question))) return;
  await orNotify(`Couldn't delete ${name}`, api.deleteCapture(capture.file));
}
