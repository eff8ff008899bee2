/**
 * The module `electron` as far as the app uses it, over Chromium. Each export is checked against Electron's own
 * declarations, and reading anything that isn't here throws.
 */
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { standinApp } from './app.ts';
import { protocol as standinProtocol } from './protocol.ts';
import { strict } from './strict.ts';
import { StandinWindow } from './window.ts';

export const app = strict('app', standinApp);
export const protocol = strict('protocol', standinProtocol);

export const BrowserWindow = new Proxy(StandinWindow, {
  construct: (Window, [options]) => strict('BrowserWindow', new Window(options)),
});

/** Headless Chromium grants nothing by itself; that the app denies shows in its calls. */
type Deny = 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler';
const defaultSession: Pick<Electron.Session, Deny> = {
  setPermissionRequestHandler: () => {},
  setPermissionCheckHandler: () => {},
  setDevicePermissionHandler: () => {},
};
export const session = strict('session', { defaultSession: strict('session.defaultSession', defaultSession) });

export const Menu = strict('Menu', {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => ({ template }),
  setApplicationMenu: (menu: { readonly template: Electron.MenuItemConstructorOptions[] }) => {
    if (menu.template.length === 0) throw new Error('An application menu has entries.');
  },
} satisfies Record<'buildFromTemplate' | 'setApplicationMenu', unknown> &
  Partial<Record<keyof typeof Electron.Menu, unknown>>);

const theme = new EventEmitter();
export const nativeTheme = strict('nativeTheme', {
  shouldUseDarkColors: false,
  themeSource: 'system' as Electron.NativeTheme['themeSource'],
  on: (event: 'updated', listener: () => void) => theme.on(event, listener) as never,
  off: (event: 'updated', listener: () => void) => theme.off(event, listener) as never,
} satisfies Pick<Electron.NativeTheme, 'shouldUseDarkColors' | 'themeSource' | 'on' | 'off'>);

const DISPLAY = { workArea: { x: 0, y: 0, width: 1920, height: 1040 } } as Electron.Display;
export const screen = strict('screen', {
  getAllDisplays: () => [DISPLAY],
} satisfies Pick<Electron.Screen, 'getAllDisplays'>);

export const shell = strict('shell', {
  showItemInFolder: (file: string) => console.error(`The folder of ${file} would be shown.`),
} satisfies Pick<Electron.Shell, 'showItemInFolder'>);

export const dialog = strict('dialog', {
  showErrorBox: (title: string, content: string) => console.error(`${title}: ${content}`),
  showMessageBox: async (...args: [unknown, Electron.MessageBoxOptions] | [Electron.MessageBoxOptions]) => {
    console.error((args.at(-1) as Electron.MessageBoxOptions).message);
    return { response: 0, checkboxChecked: false };
  },
  showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
} satisfies Pick<Electron.Dialog, 'showErrorBox' | 'showMessageBox' | 'showOpenDialog'>);
