import type { Api } from '../../../shared/api.ts';
import { useHost } from '../../host/host-store.ts';
import { notify, orNotify } from '../../host/notices-store.ts';
import { copyText } from '../format/clipboard.ts';

/** What {@link showLog} does on this host: a browser can't show a folder. */
export const showLogWords = (isElectron: boolean): string => (isElectron ? 'Show log' : 'Copy log path');

/** Shows the program's log in its folder, or copies its path to the clipboard. */
export async function showLog(api: Pick<Api, 'showLog'>): Promise<void> {
  const { info } = useHost.getState();
  if (!info) return;
  if (info.host === 'electron') {
    await orNotify("Couldn't show the log", api.showLog());
    return;
  }
  const copied = await copyText(info.logFile);
  if (!copied.ok) notify("Couldn't copy the log path", copied.failure);
}
