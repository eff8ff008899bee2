import { BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import { loadWindowPlace, MIN_HEIGHT, MIN_WIDTH, saveWindowState } from './window-state.ts';

export interface WindowOptions {
  /** The built preload script. */
  readonly preload: string;
  /** Where the window's place is remembered. */
  readonly stateFile: string;
}

/** The window, not yet shown and without a page: it shows itself when its page is painted. */
export function createWindow({ preload, stateFile }: WindowOptions): BrowserWindow {
  const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const { maximized, ...bounds } = loadWindowPlace(stateFile, workAreas);
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
  window.on('close', () =>
    saveWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() }),
  );
  window.on('closed', () => nativeTheme.off('updated', recolour));
  window.webContents.on('render-process-gone', (_event, { reason }) => offerReload(window, reason));
  return window;
}

/** What is seen before the page is painted; the page's own background. */
const backgroundColor = () => (nativeTheme.shouldUseDarkColors ? '#16181b' : '#f5f6f7');

/** The sessions live in the main process: a page that died takes none of them along. */
async function offerReload(window: BrowserWindow, reason: string): Promise<void> {
  if (window.isDestroyed() || reason === 'clean-exit') return;
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: `Shmscope’s window stopped working (${reason}).`,
    detail: 'Sessions and the capture go on. Reload the window to see them again.',
    buttons: ['Reload', 'Quit'],
    cancelId: 0,
  });
  if (window.isDestroyed()) return;
  if (response === 0) window.reload();
  else window.close();
}
