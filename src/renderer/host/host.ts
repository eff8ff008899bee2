import type { Api } from '../../shared/api.ts';
import { SOCKET_PATH } from '../../shared/frame.ts';
import { connectSocket, type Host } from './socket.ts';

export type { Connection, Host } from './socket.ts';

declare global {
  interface Window {
    /** What the preload provides; absent in a plain browser. */
    readonly shmscope?: Api;
  }
}

/** Electron's preload if there is one, else the WebSocket of the server that the page came from. */
export function connectHost(): Host {
  return window.shmscope ? inProcess(window.shmscope) : connectSocket(() => new WebSocket(socketUrl()));
}

function inProcess(api: Api): Host {
  return {
    api,
    onConnection: (listener) => {
      listener('connected');
      return () => {};
    },
  };
}

function socketUrl(): string {
  const url = new URL(SOCKET_PATH, location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  return url.href;
}
