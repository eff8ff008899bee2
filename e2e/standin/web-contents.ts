import { EventEmitter } from 'node:events';
import type { Request, Route } from '@playwright/test';
import type { IpcMain, IpcMainEvent, WebContents, WebFrameMain, WindowOpenHandlerResponse } from 'electron';
import { standinApp } from './app.ts';
import { type IsolatedPage, openPage } from './chromium.ts';
import { preventable } from './event.ts';
import { fulfill, toApp, toChromium } from './protocol.ts';
import { strict } from './strict.ts';

type WindowOpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];
type Frame = Pick<WebFrameMain, 'frameTreeNodeId' | 'origin' | 'url' | 'parent'>;

let lastFrame = 0;

/** Electron's WebContents over a page of Chromium. */
export class StandinContents extends EventEmitter implements Pick<WebContents, 'ipc' | 'send' | 'isDestroyed'> {
  readonly opened: Promise<IsolatedPage>;
  readonly mainFrame: WebFrameMain;
  /** Messages of this page only. */
  readonly ipc: IpcMain;
  readonly #incoming = new EventEmitter();
  #page: IsolatedPage | undefined;
  #windowOpen: WindowOpenHandler | undefined;
  /** The address that the app itself is loading, which needs nobody's consent. */
  #loading: string | undefined;
  #destroyed = false;

  constructor(preload: string) {
    super();
    this.ipc = strict('webContents.ipc', this.#incoming) as unknown as IpcMain;
    this.mainFrame = strict('webFrameMain', this.#frame()) as WebFrameMain;
    this.opened = this.#open(preload);
  }

  async #open(preload: string): Promise<IsolatedPage> {
    const { context } = await standinApp.browser;
    this.#page = await openPage(context, preload, {
      message: (channel, args) => this.#receive(channel, args),
      request: (route) => this.#request(route),
      popup: (url) => this.#popup(url),
    });
    this.#page.page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));
    this.#page.page.on('close', () => this.emit('standin-closed'));
    return this.#page;
  }

  #frame(): Frame {
    const url = () => toApp(this.#page?.page.url() ?? 'about:blank');
    return {
      frameTreeNodeId: ++lastFrame,
      parent: null,
      get url() {
        return url();
      },
      get origin() {
        const { protocol, host } = new URL(url());
        return host ? `${protocol}//${host}` : 'null';
      },
    };
  }

  async loadURL(url: string): Promise<void> {
    const { page } = await this.opened;
    this.#loading = toChromium(url);
    await page.goto(this.#loading);
  }

  async reload(): Promise<void> {
    const { page } = await this.opened;
    this.#loading = page.url();
    await page.reload();
  }

  send(channel: string, ...args: unknown[]): void {
    this.#page?.send(channel, structuredClone(args));
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  destroy(): void {
    this.#destroyed = true;
    void this.#page?.page.close();
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpen = handler;
  }

  #receive(channel: string, args: unknown[]): void {
    const event = { type: 'frame', sender: this, senderFrame: this.mainFrame, ports: [] as never[] };
    this.#incoming.emit(channel, strict('ipcMainEvent', event) as unknown as IpcMainEvent, ...args);
  }

  async #request(route: Route): Promise<void> {
    const request = route.request();
    if (request.isNavigationRequest() && !this.#mayNavigate(request)) return route.abort('aborted');
    await fulfill(route);
  }

  /** Asks the app, unless the app itself is the origin. */
  #mayNavigate(request: Request): boolean {
    const isMainFrame = request.frame().parentFrame() === null;
    if (isMainFrame && request.url() === this.#loading) {
      this.#loading = undefined;
      return true;
    }
    const details = { url: toApp(request.url()), isMainFrame, isSameDocument: false, initiator: this.mainFrame };
    const names = isMainFrame ? ['will-frame-navigate', 'will-navigate'] : ['will-frame-navigate'];
    return names.every((name) => {
      const event = preventable(details);
      this.emit(name, event, details.url);
      return !event.defaultPrevented;
    });
  }

  #popup(address: string): void {
    const url = toApp(address);
    const answer = this.#windowOpen?.({ url } as Parameters<WindowOpenHandler>[0]) as
      | WindowOpenHandlerResponse
      | undefined;
    if (answer?.action !== 'deny') throw new Error('The stand-in gives no page a window of its own making: deny it.');
  }
}
