import { BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import { logInfo } from '../log/program-log.ts';
import {
  loadWindowPlace,
  MIN_HEIGHT,
  MIN_WIDTH,
  placeBeside,
  saveWindowState,
  type WindowPlace,
} from './window-state.ts';

/** Where a window goes: to its stored place, which it keeps up to date, or beside another one. */
export type Placing = { readonly stateFile: string } | { readonly beside: BrowserWindow };

/**
 * A window, not shown yet and without a page: it shows itself once its page is painted.
 * @param preload the built preload script
 */
export function createWindow(preload: string, placing: Placing): BrowserWindow {
  const { maximized, ...bounds } = placeOf(placing);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    title: 'Shmscope',
    show: false,
    backgroundColor: backgroundColor(),
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (maximized) window.maximize();
  const recolour = () => window.setBackgroundColor(backgroundColor());
  nativeTheme.on('updated', recolour);
  window.once('ready-to-show', () => window.show());
  if ('stateFile' in placing)
    window.on('close', () =>
      saveWindowState(placing.stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() }),
    );
  window.on('closed', () => nativeTheme.off('updated', recolour));
  window.webContents.on('render-process-gone', (_event, { reason }) => offerReload(window, reason));
  return window;
}

function placeOf(placing: Placing): WindowPlace {
  const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
  if ('stateFile' in placing) return loadWindowPlace(placing.stateFile, workAreas);
  return placeBeside(placing.beside.getNormalBounds(), workAreas);
}

/** Visible before the page is painted; the page's own background. */
const backgroundColor = () => (nativeTheme.shouldUseDarkColors ? '#16181b' : '#f5f6f7');

/** The sessions live in the main process: a page that died takes none of them along. */
async function offerReload(window: BrowserWindow, reason: string): Promise<void> {
  if (reason !== 'clean-exit') logInfo(`A window's process is gone: ${reason}.`);
  if (window.isDestroyed() || reason === 'clean-exit') return;
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: `Shmscope’s window stopped working (${reason}).`,
    detail: 'Sessions and the capture keep running. Reload the window to see them again.',
    buttons: ['Reload', 'Close window'],
    cancelId: 0,
  });
  if (window.isDestroyed()) return;
  if (response === 0) window.reload();
  else window.close();
}
