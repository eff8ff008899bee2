import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  readonly newWindow: () => void;
  readonly showLog: () => void;
}

/** The application menu. Shortcuts that the page uses, such as Ctrl+M, are left to it. */
export function applicationMenu(
  platform: NodeJS.Platform,
  { newWindow, showLog }: MenuActions,
): MenuItemConstructorOptions[] {
  const file: MenuItemConstructorOptions[] = [
    { label: 'New window', accelerator: 'CmdOrCtrl+Shift+N', click: newWindow },
    { type: 'separator' },
    { role: platform === 'darwin' ? 'close' : 'quit' },
  ];
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    { type: 'separator' },
    { role: 'reload' },
    { role: 'toggleDevTools' },
  ];
  const help: MenuItemConstructorOptions[] = [
    { label: 'Show the program’s log', click: showLog },
    { type: 'separator' },
    { role: 'about', label: 'About Shmscope' },
  ];
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: file },
    { label: '&Edit', role: 'editMenu' },
    { label: '&View', submenu: view },
    platform === 'darwin'
      ? { role: 'windowMenu' }
      : { label: '&Window', submenu: [minimize, maximize, { role: 'close' }] },
    { role: 'help', label: '&Help', submenu: help },
  ];
}

const minimize: MenuItemConstructorOptions = { label: 'Minimize', click: (_item, window) => window?.minimize() };

const maximize: MenuItemConstructorOptions = {
  label: 'Maximize or restore',
  click: (_item, window) => {
    if (window && 'isMaximized' in window) window.isMaximized() ? window.unmaximize() : window.maximize();
  },
};
