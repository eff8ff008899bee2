import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { app, dialog, Menu, nativeTheme, protocol, session, shell, type WebContents } from 'electron';
import { toFailure } from '../shared/failure.ts';
import { keptTheme } from '../shared/kept.ts';
import { defaultDataDir } from './data-dir.ts';
import { startDemo } from './demo/demo.ts';
import { APP_ORIGIN, APP_URL, handleAppScheme, registerAppScheme } from './host/app-protocol.ts';
import { chooseFile } from './host/choose-file.ts';
import { serveWindow } from './host/ipc.ts';
import { applicationMenu } from './host/menu.ts';
import { closeBeforeQuit } from './host/quit.ts';
import { confineTo, limitPermissions } from './host/security.ts';
import { Windows } from './host/windows.ts';
import { logError } from './log/program-log.ts';
import { logUncaught } from './log/watch.ts';
import { openServices } from './services.ts';
import { workers } from './workers.ts';

const RENDERER_DIR = join(import.meta.dirname, '../renderer');
const PRELOAD = join(import.meta.dirname, '../preload/index.cjs');

const { demo, data } = parseArgs({
  // Not strict: Chromium's own switches appear here too.
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
  app.on('window-all-closed', () => app.quit());
  app.whenReady().then(start).catch(giveUp);
}

async function start(): Promise<void> {
  logUncaught();
  // Electron would continue after one.
  process.on('unhandledRejection', (error) => logError('unhandledRejection', error));
  limitPermissions(session.defaultSession);
  const dataDir = typeof data === 'string' ? data : defaultDataDir();
  const reveal = (file: string) => shell.showItemInFolder(file);
  const options = { dataDir, host: 'electron', workers, reveal, chooseFile } as const;
  const { services, onState, kept, close } = await openServices(options);
  nativeTheme.themeSource = keptTheme(await kept());
  onState(async () => {
    nativeTheme.themeSource = keptTheme({ theme: await services.kept('theme') });
  });
  handleAppScheme(protocol, { root: RENDERER_DIR, kept });
  const ends = [close];
  closeBeforeQuit(app, () => endAll(ends));
  if (demo) ends.unshift(await startDemo(services, workers.demoPeer));

  const serve = (contents: WebContents) =>
    serveWindow({ ipc: contents.ipc, contents, origin: APP_ORIGIN, services, onState });
  const stateFile = join(app.getPath('userData'), 'window.json');
  const windows = new Windows({ preload: PRELOAD, stateFile, serve });
  const openMore = (url: string, opener?: WebContents) => void windows.open(url, opener).catch(sayNoWindow);
  confineTo(APP_URL, app, openMore);
  const actions = { newWindow: () => openMore(APP_URL), showLog: () => void services.showLog() };
  Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(process.platform, actions)));
  app.on('second-instance', () => windows.bringToFront());
  await windows.open(APP_URL);
}

async function endAll(ends: readonly (() => Promise<void>)[]): Promise<void> {
  for (const end of ends) await end();
}

const sayNoWindow = (error: unknown) => dialog.showErrorBox("Couldn't open the window", toFailure(error).message);

function giveUp(error: unknown): void {
  dialog.showErrorBox("Shmscope couldn't start", toFailure(error).message);
  app.exit(1);
}
