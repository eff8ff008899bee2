import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { SOCKET_PATH } from '../../shared/frame.ts';
import { LARGEST_FRAME } from '../../shared/frame-size.ts';
import type { Access } from './access.ts';

const GOING_AWAY = 1001;
/** How long a page has to answer the goodbye, in ms. */
const GOODBYE_MS = 500;

export interface Sockets {
  readonly close: () => Promise<void>;
}

/** Gives each page that `access` lets in a connection of its own. */
export function acceptSockets(server: Server, access: Access, connected: (socket: WebSocket) => void): Sockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME, perMessageDeflate: false });

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const sentence = reasonAgainst(request, access);
    if (sentence) refuse(stream, sentence);
    else sockets.handleUpgrade(request, stream, head, connected);
  });

  return {
    close: async () => {
      sockets.close();
      await Promise.all([...sockets.clients].map(sayGoodbye));
    },
  };
}

function reasonAgainst({ headers, url }: IncomingMessage, access: Access): string | undefined {
  if (!access.hostAllowed(headers.host)) return "Shmscope doesn't accept this host name.";
  if (!access.originAllowed(headers.origin, headers.host))
    return "Shmscope doesn't accept requests from other origins.";
  if (!access.cookieAllowed(headers.cookie)) return "Shmscope doesn't know this browser.";
  if (url !== SOCKET_PATH) return 'There is no WebSocket here.';
  return undefined;
}

function refuse(stream: Duplex, sentence: string): void {
  stream.on('error', () => {});
  // A refused client must be disconnected: nothing waits for it, and the server couldn't close.
  stream.end(
    `HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(sentence)}\r\nConnection: close\r\n\r\n${sentence}`,
    () => stream.destroy(),
  );
}

function sayGoodbye(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => socket.terminate(), GOODBYE_MS);
    socket.once('close', () => {
      clearTimeout(limit);
      resolve();
    });
    socket.close(GOING_AWAY, 'Shmscope is closing.');
  });
}
