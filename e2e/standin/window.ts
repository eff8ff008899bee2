import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { standinApp } from './app.ts';
import { preventable } from './event.ts';
import { strict } from './strict.ts';
import { StandinContents } from './web-contents.ts';

type Used =
  | 'loadURL'
  | 'reload'
  | 'show'
  | 'focus'
  | 'restore'
  | 'maximize'
  | 'isMaximized'
  | 'isMinimized'
  | 'isDestroyed'
  | 'getNormalBounds'
  | 'setBackgroundColor';

/** Electron's BrowserWindow, with a page of Chromium as its content. */
export class StandinWindow extends EventEmitter implements Pick<BrowserWindow, Used> {
  /** Its dialogs aren't modal. */
  static readonly getFocusedWindow = (): null => null;
  readonly webContents: StandinContents;
  readonly #bounds: Rectangle;
  #maximized = false;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    const { preload, sandbox, contextIsolation, nodeIntegration, webSecurity } = options.webPreferences ?? {};
    if (!preload || !sandbox || !contextIsolation || nodeIntegration || !webSecurity)
      throw new Error('The stand-in runs sandboxed, isolated pages with a preload only.');
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    const contents = new StandinContents(preload);
    contents.on('standin-closed', () => this.#pageClosed());
    this.webContents = strict('webContents', contents);
    standinApp.windows.add(this);
    standinApp.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    const { page } = await this.webContents.opened;
    const { width, height } = this.#bounds;
    await page.setViewportSize({ width, height });
    await this.webContents.loadURL(url);
    this.emit('ready-to-show');
  }

  reload(): void {
    void this.webContents.reload();
  }

  /** False: a listener kept the window open. */
  close(): boolean {
    if (this.isDestroyed()) return true;
    const event = preventable({});
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    this.#destroyed();
    return true;
  }

  /** The user's own doing, so nobody is asked. */
  #pageClosed(): void {
    if (this.isDestroyed()) return;
    this.emit('close', preventable({}));
    this.#destroyed();
  }

  #destroyed(): void {
    this.webContents.destroy();
    this.emit('closed');
    standinApp.windowClosed(this);
  }

  isDestroyed(): boolean {
    return this.webContents.isDestroyed();
  }

  getNormalBounds(): Rectangle {
    return { ...this.#bounds };
  }

  maximize(): void {
    this.#maximized = true;
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  isMinimized(): boolean {
    return false;
  }

  // A page of headless Chromium is always shown, in front, and of its own colour.
  show(): void {}
  focus(): void {}
  restore(): void {}
  setBackgroundColor(): void {}
}
