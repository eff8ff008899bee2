import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, IpcMain, Protocol, WebContents } from 'electron';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Services, StateEvent } from '../../shared/api.ts';
import { IPC } from '../../shared/rpc.ts';
import { APP_ORIGIN, APP_URL, handleAppScheme } from './app-protocol.ts';
import { serveWindow } from './ipc.ts';
import { closeBeforeQuit } from './quit.ts';
import { confineTo } from './security.ts';

describe('app://', () => {
  let root: string;
  let answer: (url: string, method?: string) => Promise<Response>;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'shmscope-app-'));
    writeFileSync(
      join(root, 'index.html'),
      '<html data-theme="{{theme}}"><meta nonce="{{nonce}}"><meta content="{{kept}}">',
    );
    const handle: Protocol['handle'] = (_scheme, handler) => {
      answer = async (url, method = 'GET') => handler(new Request(url, { method }));
    };
    handleAppScheme({ handle } as Protocol, { root, kept: async () => ({ theme: { text: '"dark"', version: 7 } }) });
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test('serves the page with the nonce of its policy', async () => {
    const response = await answer(APP_URL);
    const html = await response.text();
    const nonce = /nonce="([^"]+)"/.exec(html)?.[1];
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    expect(html).toContain('<html data-theme="dark">');
    expect(html).toContain('&quot;version&quot;:7');
  });

  test.each(['app://other/', 'app://shmscope/none.js', 'app://shmscope/..%2f..%2fetc%2fpasswd', 'app://shmscope/%'])(
    '%s is nowhere',
    async (url) => expect((await answer(url)).status).toBe(404),
  );

  test('can only be read', async () => {
    expect((await answer(APP_URL, 'POST')).status).toBe(405);
  });
});

describe('the IPC of a window', () => {
  const cancelReceive = vi.fn<Services['cancelReceive']>(() => undefined);
  const request = { id: 1, method: 'cancelReceive', args: [1] };
  const mainFrame = { frameTreeNodeId: 7, origin: APP_ORIGIN };

  function open() {
    cancelReceive.mockClear();
    const ipc = new EventEmitter();
    const contents = { mainFrame, send: vi.fn(), isDestroyed: vi.fn(() => false) };
    const listeners = new Set<(event: StateEvent) => void>();
    const onState = (listener: (event: StateEvent) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };
    const stop = serveWindow({
      ipc: ipc as unknown as IpcMain,
      contents: contents as unknown as WebContents,
      origin: APP_ORIGIN,
      services: { cancelReceive } as unknown as Services,
      onState,
    });
    return { ipc, contents, listeners, stop };
  }

  test('answers its own page', async () => {
    const { ipc, contents } = open();
    ipc.emit(IPC.request, { senderFrame: mainFrame }, request);
    await vi.waitFor(() => expect(contents.send).toHaveBeenCalledWith(IPC.message, { id: 1, result: { ok: true } }));
  });

  test.each([
    ['a frame that is gone', null],
    ['another frame of the same origin', { ...mainFrame, frameTreeNodeId: 8 }],
    ['its own frame on a page of another origin', { ...mainFrame, origin: 'https://example.com' }],
    ['its own frame on a page without an origin', { ...mainFrame, origin: 'null' }],
  ])('does nothing for %s', (_who, senderFrame) => {
    const { ipc, contents } = open();
    ipc.emit(IPC.request, { senderFrame }, request);
    expect(cancelReceive).not.toHaveBeenCalled();
    expect(contents.send).not.toHaveBeenCalled();
  });

  test.each([[undefined], [null], ['text'], [{}], [{ ...request, more: 1 }], [{ ...request, id: '1' }]])(
    'does nothing about %j, which is no request',
    (message) => {
      const { ipc, contents } = open();
      ipc.emit(IPC.request, { senderFrame: mainFrame }, message);
      expect(contents.send).not.toHaveBeenCalled();
    },
  );

  test('tells a window that is gone nothing', () => {
    const { contents, listeners } = open();
    contents.isDestroyed.mockReturnValue(true);
    for (const listener of listeners) listener({} as StateEvent);
    expect(contents.send).not.toHaveBeenCalled();
  });

  test('listens to nothing once stopped', () => {
    const { ipc, listeners, stop } = open();
    stop();
    expect([ipc.listenerCount(IPC.request), listeners.size]).toEqual([0, 0]);
  });
});

describe('a window', () => {
  function contentsOf() {
    const app = new EventEmitter();
    const opened = vi.fn();
    confineTo(APP_URL, app as unknown as App, opened);
    const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: vi.fn(), opened });
    app.emit('web-contents-created', {}, contents);
    return contents;
  }

  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('%s is prevented, but for a reload', (name) => {
    const contents = contentsOf();
    const preventDefault = vi.fn();
    contents.emit(name, { url: APP_URL, preventDefault });
    expect(preventDefault).not.toHaveBeenCalled();
    const elsewhere = [
      'https://example.com/',
      'file:///etc/passwd',
      'about:blank',
      `${APP_URL}index.html`,
      'app://shmscope',
    ];
    for (const url of elsewhere) contents.emit(name, { url, preventDefault });
    expect(preventDefault).toHaveBeenCalledTimes(elsewhere.length);
  });

  test('gets no webview', () => {
    const preventDefault = vi.fn();
    contentsOf().emit('will-attach-webview', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  async function asks(url: string) {
    const contents = contentsOf();
    const [handler] = contents.setWindowOpenHandler.mock.calls[0] ?? [];
    expect(handler?.({ url })).toEqual({ action: 'deny' });
    await new Promise(setImmediate);
    return contents;
  }

  test.each([APP_URL, `${APP_URL}#session=7`])('opens none itself; for %s the app opens one', async (url) => {
    const contents = await asks(url);
    expect(contents.opened.mock.calls).toEqual([[url, contents]]);
  });

  test.each([
    ...['https://example.com/', 'about:blank', 'app://shmscope', `${APP_URL}index.html`, `${APP_URL}?session=7`],
    ...[
      `${APP_URL}#`,
      `${APP_URL}#session=`,
      `${APP_URL}#session=7;`,
      `${APP_URL}#session=07`,
      `${APP_URL}?#session=7`,
    ],
    ...[`https://example.com/${APP_URL}`, `${APP_URL}x#session=7`, `${APP_URL}#session=12345678901234567`],
  ])('opens none for %s', async (url) => expect((await asks(url)).opened).not.toHaveBeenCalled());
});

describe('quitting', () => {
  function quitting(close: () => Promise<void>) {
    const app = Object.assign(new EventEmitter(), { quit: vi.fn() });
    closeBeforeQuit(app as unknown as App, close);
    const preventDefault = vi.fn();
    return { app, preventDefault, ask: () => app.emit('before-quit', { preventDefault }) };
  }

  test('waits for the services to close, once, however often it is asked', async () => {
    const closed = Promise.withResolvers<void>();
    const close = vi.fn(() => closed.promise);
    const { app, preventDefault, ask } = quitting(close);
    ask();
    ask();
    expect(preventDefault).toHaveBeenCalledTimes(2);
    expect(app.quit).not.toHaveBeenCalled();
    closed.resolve();
    await vi.waitFor(() => expect(app.quit).toHaveBeenCalledOnce());
    ask();
    expect(preventDefault).toHaveBeenCalledTimes(2);
    expect(close).toHaveBeenCalledOnce();
  });

  test('goes on when the services fail to close, and says so', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { app, ask } = quitting(() => Promise.reject(new Error('stuck')));
    ask();
    await vi.waitFor(() => expect(app.quit).toHaveBeenCalledOnce());
    expect(said).toHaveBeenCalledOnce();
    said.mockRestore();
  });
});
