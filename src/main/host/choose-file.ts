import { BrowserWindow, dialog } from 'electron';
import type { ChosenFile } from '../../shared/choose-file.ts';

const ALL = { name: 'All files', extensions: ['*'] };
const ASKED: Readonly<Record<ChosenFile, Pick<Electron.OpenDialogOptions, 'title' | 'filters'>>> = {
  program: {
    title: 'Choose a program',
    filters: process.platform === 'win32' ? [{ name: 'Programs', extensions: ['exe', 'com'] }, ALL] : [ALL],
  },
  scenario: { title: 'Choose a scenario', filters: [{ name: 'Scenarios', extensions: ['yaml', 'yml'] }, ALL] },
};

/** Asks the user for a file on this machine; null if none was chosen. */
export async function chooseFile(kind: ChosenFile): Promise<string | null> {
  const options: Electron.OpenDialogOptions = { ...ASKED[kind], properties: ['openFile'] };
  const window = BrowserWindow.getFocusedWindow();
  const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  return filePaths[0] ?? null;
}
