import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { App } from 'electron';
import { type Browser, launchBrowser } from './chromium.ts';
import { preventable } from './event.ts';
import { onTestGone, waitForTest } from './parent.ts';

/** What the app needs of a window to end it. */
interface Closable {
  /** False: the window's own listeners kept it open. */
  close(): boolean;
}

type Used = 'on' | 'whenReady' | 'quit' | 'exit' | 'requestSingleInstanceLock' | 'setPath' | 'getPath';

/** Electron's `app`: ready when Chromium runs, ended when its windows are closed and nobody prevented that. */
class StandinApp extends EventEmitter implements Pick<App, Exclude<Used, 'on'>> {
  readonly windows = new Set<Closable>();
  readonly #paths = new Map<string, string>();
  #browser: Promise<Browser> | undefined;
  #quitting = false;

  get browser(): Promise<Browser> {
    this.#browser ??= launchBrowser(join(this.getPath('userData'), 'Chromium'));
    return this.#browser;
  }

  get isReady(): boolean {
    return this.#browser !== undefined;
  }

  async whenReady(): Promise<void> {
    // After the app's own module has run, as in Electron.
    await new Promise(setImmediate);
    const { endpoint } = await this.browser;
    onTestGone(() => this.exit(1));
    await waitForTest(endpoint);
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => this.quit());
  }

  windowClosed(window: Closable): void {
    this.windows.delete(window);
    if (this.windows.size === 0 && !this.#quitting) this.emit('window-all-closed');
  }

  quit(): void {
    const event = preventable({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#quitting = true;
    if (![...this.windows].every((window) => window.close())) return;
    this.emit('will-quit', preventable({}));
    this.exit(0);
  }

  exit(code = 0): void {
    void this.#browser
      ?.then((browser) => browser.close())
      .catch((error) => console.error(error))
      .finally(() => process.exit(code));
    if (!this.#browser) process.exit(code);
  }

  requestSingleInstanceLock(): boolean {
    return true;
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  getPath(name: Parameters<App['getPath']>[0]): string {
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`The stand-in has no folder "${name}": start the app with --data.`);
    return path;
  }
}

export const standinApp = new StandinApp();
