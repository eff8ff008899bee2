import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page, type Route } from '@playwright/test';
import { chromiumLaunch } from '../hosts/chromium.ts';
import { makeCodec } from './page/codec.ts';
import { BINDING, pageScript, preloadScript, RECEIVE, WORLD } from './page/scripts.ts';

const codec = makeCodec(
  (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  (text) => new Uint8Array(Buffer.from(text, 'base64')),
);

/** A browser with a profile of its own, whose pages another process can attach to. */
export interface Browser {
  readonly context: BrowserContext;
  /** For `chromium.connectOverCDP`. */
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

/** @param profile a folder; created if missing */
export async function launchBrowser(profile: string): Promise<Browser> {
  const portFile = join(profile, 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const { executablePath, args = [] } = chromiumLaunch();
  const context = await chromium.launchPersistentContext(profile, {
    ...(executablePath && { executablePath }),
    args: [...args, '--remote-debugging-port=0'],
    viewport: null,
  });
  const [port] = readFileSync(portFile, 'utf8').split('\n');
  return { context, endpoint: `http://127.0.0.1:${port}`, close: () => context.close() };
}

/** Events in the page that the app can influence. */
export interface PageEvents {
  readonly message: (channel: string, args: unknown[]) => void;
  readonly request: (route: Route) => Promise<void>;
  readonly popup: (url: string) => void;
}

export interface IsolatedPage {
  readonly page: Page;
  /** Sends to the preload's ipcRenderer; a page that is being loaded misses it, as in Electron. */
  readonly send: (channel: string, args: unknown[]) => void;
}

/** A page with the preload in an isolated world of its own, which reaches the app only by messages. */
export async function openPage(context: BrowserContext, preload: string, events: PageEvents): Promise<IsolatedPage> {
  const page = await emptyPage(context);
  const session = await context.newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const mainFrame = frameTree.frame.id;
  let world: number | undefined;

  session.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
    if (name === WORLD && auxData?.frameId === mainFrame) world = id;
  });
  session.on('Runtime.executionContextsCleared', () => {
    world = undefined;
  });
  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name !== BINDING || executionContextId !== world) return;
    const [channel, args] = codec.decode(payload) as [string, unknown[]];
    events.message(channel, args);
  });

  await prepare(session, preload);
  await page.route('**/*', events.request);
  session.on('Page.windowOpen', ({ url }) => events.popup(url));
  page.on('popup', (popup) => void popup.close());

  const send = (channel: string, args: unknown[]) => {
    if (world === undefined) return;
    const expression = `${RECEIVE}(${JSON.stringify(codec.encode([channel, args]))})`;
    // A page that is being closed no longer has such a world.
    session.send('Runtime.evaluate', { expression, contextId: world }).catch(() => {});
  };
  return { page, send };
}

const started = new WeakSet<BrowserContext>();

/** The browser starts with a page, which the first window takes. */
async function emptyPage(context: BrowserContext): Promise<Page> {
  const [first] = context.pages();
  if (started.has(context) || !first) return context.newPage();
  started.add(context);
  // A page that another one opens requests its address before it can be closed; windows have answers of their
  // own.
  await context.route('**/*', (route) => route.abort('blockedbyclient'));
  return first;
}

async function prepare(session: CDPSession, preload: string): Promise<void> {
  await session.send('Page.enable');
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD });
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript() });
  const source = preloadScript(readFileSync(preload, 'utf8'));
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: WORLD });
}
