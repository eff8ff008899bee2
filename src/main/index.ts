import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { app, type BrowserWindow, dialog, ipcMain, Menu, protocol, session, shell } from 'electron';
import { toFailure } from '../shared/failure.ts';
import { defaultDataDir } from './data-dir.ts';
import { startDemo } from './demo.ts';
import { APP_ORIGIN, APP_URL, handleAppScheme, registerAppScheme } from './host/app-protocol.ts';
import { serveWindow } from './host/ipc.ts';
import { applicationMenu } from './host/menu.ts';
import { closeBeforeQuit } from './host/quit.ts';
import { confineTo, denyPermissions } from './host/security.ts';
import { createWindow } from './host/window.ts';
import { openServices } from './services.ts';
import { workers } from './workers.ts';

const RENDERER_DIR = join(import.meta.dirname, '../renderer');
const PRELOAD = join(import.meta.dirname, '../preload/index.cjs');

const { demo, data } = parseArgs({
  // Not strict: Chromium's own switches come by here too.
  strict: false,
  args: process.argv.slice(1),
  options: { demo: { type: 'boolean' }, data: { type: 'string' } },
}).values;

if (typeof data === 'string') chooseDataFolder(data);
if (app.requestSingleInstanceLock()) run();
else app.quit();

function chooseDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  app.setPath('userData', folder);
}

function run(): void {
  registerAppScheme(protocol);
  confineTo(APP_URL, app);
  app.on('window-all-closed', () => app.quit());
  app.whenReady().then(start).catch(giveUp);
}

async function start(): Promise<void> {
  denyPermissions(session.defaultSession);
  handleAppScheme(protocol, RENDERER_DIR);
  Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(process.platform)));
  const dataDir = typeof data === 'string' ? data : defaultDataDir();
  const reveal = (file: string) => shell.showItemInFolder(file);
  const { services, onState, close } = await openServices({ dataDir, host: 'electron', workers, reveal });
  const ends = [close];
  closeBeforeQuit(app, () => endAll(ends));
  if (demo) ends.unshift(await startDemo(services, workers.demoPeer));

  const window = createWindow({ preload: PRELOAD, stateFile: join(app.getPath('userData'), 'window.json') });
  app.on('second-instance', () => bringToFront(window));
  const stopServing = serveWindow({ ipcMain, contents: window.webContents, origin: APP_ORIGIN, services, onState });
  window.on('closed', stopServing);
  await window.loadURL(APP_URL).catch((error) => {
    // Closed while it loaded: that is no failure.
    if (!window.isDestroyed()) throw error;
  });
}

async function endAll(ends: readonly (() => Promise<void>)[]): Promise<void> {
  for (const end of ends) await end();
}

function bringToFront(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}

function giveUp(error: unknown): void {
  dialog.showErrorBox('Shmscope could not start', toFailure(error).message);
  app.exit(1);
}
