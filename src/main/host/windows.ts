import type { BrowserWindow, WebContents } from 'electron';
import { createWindow } from './window.ts';

export interface WindowsOptions {
  /** The built preload script. */
  readonly preload: string;
  /** Where the first window's place is stored. */
  readonly stateFile: string;
  /** Answers one window's page. Returns an unsubscribe function. */
  readonly serve: (contents: WebContents) => () => void;
}

/** The app's windows: each looks at the same sessions on its own. */
export class Windows {
  readonly #options: WindowsOptions;
  /** The last focused window comes last. */
  readonly #windows = new Set<BrowserWindow>();

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  /**
   * Opens a window with the app's page. Rejects if the page can't be loaded.
   * @param opener the window beside which the new one goes; without it, the stored place is used
   */
  async open(url: string, opener?: WebContents): Promise<void> {
    const { preload, stateFile, serve } = this.#options;
    const beside = [...this.#windows].find(({ webContents }) => webContents === opener);
    const window = createWindow(preload, beside ? { beside } : { stateFile });
    this.#windows.add(window);
    window.on('focus', () => this.#toFront(window));
    const stopServing = serve(window.webContents);
    window.on('closed', () => {
      this.#windows.delete(window);
      stopServing();
    });
    await window.loadURL(url).catch((error) => {
      // Closed while it loaded: not a failure.
      if (!window.isDestroyed()) throw error;
    });
  }

  bringToFront(): void {
    const window = [...this.#windows].at(-1);
    if (window?.isMinimized()) window.restore();
    window?.focus();
  }

  #toFront(window: BrowserWindow): void {
    this.#windows.delete(window);
    this.#windows.add(window);
  }
}
