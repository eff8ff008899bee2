import type { MenuItemConstructorOptions } from 'electron';

/** The application menu. Shortcuts that the page has a use for, such as Ctrl+M, are left to it. @param newWindow opens one more */
export function applicationMenu(platform: NodeJS.Platform, newWindow: () => void): MenuItemConstructorOptions[] {
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
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: file },
    { label: '&Edit', role: 'editMenu' },
    { label: '&View', submenu: view },
    platform === 'darwin'
      ? { role: 'windowMenu' }
      : { label: '&Window', submenu: [minimize, maximize, { role: 'close' }] },
    { role: 'help', label: '&Help', submenu: [{ role: 'about', label: 'About Shmscope' }] },
  ];
}

const minimize: MenuItemConstructorOptions = { label: 'Minimize', click: (_item, window) => window?.minimize() };

const maximize: MenuItemConstructorOptions = {
  label: 'Maximize or restore',
  click: (_item, window) => {
    if (window && 'isMaximized' in window) window.isMaximized() ? window.unmaximize() : window.maximize();
  },
};
