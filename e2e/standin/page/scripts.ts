import type { ContextBridge, IpcRenderer, IpcRendererEvent } from 'electron';
import { type Codec, makeCodec } from './codec.ts';
import { type JoinWorld, joinWorld } from './worlds.ts';

/** The world that the preload runs in, as Electron's own is called. */
export const WORLD = 'Electron Isolated Context';
/** Carries ipcRenderer's messages, as text, from the preload's world to the stand-in. */
export const BINDING = '__standinSend';
/** Takes messages for ipcRenderer, as text, from the stand-in. */
export const RECEIVE = '__standinReceive';

/** Runs in the page's own world before its scripts. */
export const pageScript = () => `(${inPage})(${joinWorld});`;

/** Runs in the preload's world before the page's scripts. @param preload the source of the preload, CommonJS */
export const preloadScript = (preload: string) =>
  `if (window === top) (${inPreload})(${joinWorld}, ${makeCodec}, ${JSON.stringify({ BINDING, RECEIVE })},
    function (require, module, exports) {\n${preload}\n});`;

/** A browser has base64 for bytes; Node.js 24 doesn't. */
type Base64Bytes = Uint8Array & { toBase64(): string };
type Base64Constructor = typeof Uint8Array & { fromBase64(text: string): Uint8Array };

function inPage(join: JoinWorld): void {
  const freeze = (value: unknown) => {
    if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
    return Object.freeze(value);
  };
  const exposed = (key: string, api: unknown) =>
    void Object.defineProperty(globalThis, key, { value: freeze(api), enumerable: true });
  join('standin:to-preload', 'standin:to-page', { exposed }).ready();
}

function inPreload(
  join: JoinWorld,
  codecOf: typeof makeCodec,
  names: { readonly BINDING: string; readonly RECEIVE: string },
  preload: (require: (name: string) => unknown, module: object, exports: object) => void,
): void {
  type Listener = (event: IpcRendererEvent, ...args: unknown[]) => void;
  const scope = globalThis as unknown as Record<string, (text: string) => void>;
  const listeners = new Map<string, Set<Listener>>();
  const exposures: [string, unknown][] = [];
  const codec: Codec = codecOf(
    (bytes) => (bytes as Base64Bytes).toBase64(),
    (text) => (Uint8Array as Base64Constructor).fromBase64(text),
  );
  // Whichever world is first, the page gets each API once.
  const page = join('standin:to-page', 'standin:to-preload', {
    ready: () => {
      for (const [key, api] of exposures) page.expose(key, api);
    },
  });

  const contextBridge: Pick<ContextBridge, 'exposeInMainWorld'> = {
    exposeInMainWorld: (key, api) => {
      exposures.push([key, api]);
      page.expose(key, api);
    },
  };
  const ipcRenderer: Pick<IpcRenderer, 'send' | 'on' | 'off'> = {
    send: (channel, ...args) => scope[names.BINDING]?.(codec.encode([channel, args])),
    on: (channel, listener) => {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      return ipcRenderer as IpcRenderer;
    },
    off: (channel: string, listener: Listener) => {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer as IpcRenderer;
    },
  };
  scope[names.RECEIVE] = (text) => {
    const [channel, args] = codec.decode(text) as [string, unknown[]];
    for (const listener of listeners.get(channel) ?? [])
      listener({ ports: [] } as unknown as IpcRendererEvent, ...args);
  };
  const require = (name: string) => {
    if (name === 'electron') return { contextBridge, ipcRenderer };
    throw new Error(`module not found: ${name}`);
  };
  preload(require, { exports: {} }, {});
}
