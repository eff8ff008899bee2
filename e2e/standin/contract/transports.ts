import { readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import type { IpcMainEvent, WebContents, WebFrameMain } from 'electron';
import { WebSocket as NodeWebSocket } from 'ws';
import { serveHeadless } from '../../../src/main/headless.ts';
import { APP_ORIGIN } from '../../../src/main/host/app-protocol.ts';
import { answer, readRequest } from '../../../src/main/host/dispatch.ts';
import { serveWindow } from '../../../src/main/host/ipc.ts';
import { connectSocket } from '../../../src/renderer/host/socket.ts';
import type { Api, Services, StateEvent } from '../../../src/shared/api.ts';
import { createClient, type HostMessage } from '../../../src/shared/rpc.ts';
import { clonedApi, Wire } from './cloning.ts';

type OnState = (listener: (event: StateEvent) => void) => () => void;

export interface Connected {
  readonly api: Api;
  /** Sends what no typed client would. */
  readonly post: (message: unknown) => void;
  readonly close: () => Promise<void>;
}

export type Connect = (services: Services, onState: OnState) => Promise<Connected>;

/** Only a clone between page and host. */
export const inMemory: Connect = async (services, onState) => {
  const toPage = new Wire<HostMessage>();
  const post = (message: unknown) => {
    const request = readRequest(structuredClone(message));
    if (request) void answer(services, request, toPage.send);
  };
  const undo = onState((state) => toPage.send({ state }));
  const { api } = createClient({ post, onMessage: toPage.listen });
  return { api, post, close: async () => undo() };
};

const PRELOAD = new URL('../../../out/preload/index.cjs', import.meta.url);

/** The built preload script in a context of its own, against Electron's IPC as the host uses it. */
export const electronIpc: Connect = async (services, onState) => {
  const toHost = new Wire<unknown>();
  const toPage = new Wire<unknown>();
  const mainFrame = { frameTreeNodeId: 7, origin: APP_ORIGIN } as WebFrameMain;
  const contents = {
    mainFrame,
    isDestroyed: () => false,
    send: (_channel: string, message: unknown) => toPage.send(message),
  } satisfies Pick<WebContents, 'mainFrame' | 'isDestroyed' | 'send'>;
  const ipc = {
    on: (_channel: string, listener: (event: IpcMainEvent, message: unknown) => void) =>
      toHost.listen((message) => listener({ senderFrame: mainFrame } as IpcMainEvent, message)),
    off: () => undefined,
  };
  const undo = serveWindow({ ipc: ipc as never, contents, origin: APP_ORIGIN, services, onState });
  const api = runPreload(toHost.send, toPage.listen);
  return { api, post: toHost.send, close: async () => undo() };
};

function runPreload(send: (message: unknown) => void, listen: Wire<unknown>['listen']): Api {
  let exposed: Api | undefined;
  const electron = {
    contextBridge: { exposeInMainWorld: (_key: string, api: Api) => (exposed = clonedApi(api)) },
    ipcRenderer: {
      send: (_channel: string, message: unknown) => send(message),
      on: (_channel: string, listener: (event: object, message: unknown) => void) =>
        listen((message) => listener({ ports: [] }, message)),
    },
  };
  const require = (name: string) => {
    if (name === 'electron') return electron;
    throw new Error(`A sandboxed preload can't require ${name}.`);
  };
  // A sandboxed preload has the globals of a page, of which the contract's schemas need these.
  const world = createContext({ require, exports: {}, module: {}, TextEncoder, TextDecoder });
  new Script(readFileSync(PRELOAD, 'utf8')).runInContext(world);
  if (!exposed) throw new Error('The preload exposed nothing.');
  return exposed;
}

/** The headless host on loopback, and the page's client. */
export const webSocket: Connect = async (services, onState) => {
  const host = await serveHeadless({ services, onState, rendererDir: '/nonexistent', kept: async () => ({}), port: 0 });
  const socket = await logIn(host.newUrl());
  const { api, onConnection } = connectSocket(() => socket as unknown as WebSocket);
  await new Promise<void>((resolve) => {
    onConnection((connection) => connection === 'connected' && resolve());
  });
  const { encodeFrame } = await import('../../../src/shared/frame.ts');
  return { api, post: (message) => socket.send(encodeFrame(message)), close: host.close };
};

/** Exchanges the token in `url` for a cookie and opens a WebSocket with it. */
async function logIn(url: string): Promise<NodeWebSocket> {
  const { origin, host } = new URL(url);
  const response = await fetch(url, { method: 'POST', headers: { origin }, redirect: 'manual' });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  return new NodeWebSocket(`ws://${host}/api`, { origin, headers: { cookie } });
}
