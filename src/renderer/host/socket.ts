import type { Api } from '../../shared/api.ts';
import { ShmscopeError } from '../../shared/failure.ts';
import { decodeFrame, encodeFrame } from '../../shared/frame.ts';
import { LARGEST_FRAME } from '../../shared/frame-size.ts';
import { createClient, type HostMessage, type Request } from '../../shared/rpc.ts';

export type Connection = 'connecting' | 'connected' | 'disconnected';

/** The host as the window sees it. */
export interface Host {
  /** While not connected, every call fails with `disconnected`. */
  readonly api: Api;
  /**
   * Reports the connection's state at once and on each change. On every `connected`, request `state` again: events were
   * missed. Returns an unsubscribe function.
   */
  readonly onConnection: (listener: (connection: Connection) => void) => () => void;
}

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5000;

const disconnected = () =>
  new ShmscopeError(
    'disconnected',
    "The Shmscope host can't be reached. If it was stopped, start it again and open the address it prints.",
  );

/** The contract over a WebSocket that is reopened, after growing pauses, whenever it is lost. */
export function connectSocket(open: () => WebSocket): Host {
  const connections = new Set<(connection: Connection) => void>();
  const messages = new Set<(message: HostMessage) => void>();
  let connection: Connection = 'connecting';
  let socket: WebSocket;
  let retryMs = FIRST_RETRY_MS;

  const { api, failPending } = createClient({
    post: (request) => post(socket, connection, request),
    onMessage: (listener) => {
      messages.add(listener);
      return () => void messages.delete(listener);
    },
  });

  const become = (next: Connection) => {
    if (connection === next) return;
    connection = next;
    for (const listener of connections) listener(next);
  };

  const dial = () => {
    socket = open();
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      retryMs = FIRST_RETRY_MS;
      become('connected');
    });
    socket.addEventListener('message', ({ data }) => {
      const message = decodeFrame(data) as HostMessage;
      for (const listener of messages) listener(message);
    });
    socket.addEventListener('close', () => {
      become('disconnected');
      failPending(disconnected().failure);
      setTimeout(dial, retryMs);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    });
  };
  dial();

  return {
    api,
    onConnection: (listener) => {
      connections.add(listener);
      listener(connection);
      return () => void connections.delete(listener);
    },
  };
}

function post(socket: WebSocket, connection: Connection, request: Request): void {
  if (connection !== 'connected') throw disconnected();
  const frame = encodeFrame(request);
  if (frame.byteLength > LARGEST_FRAME)
    throw new ShmscopeError('payload-too-large', 'Nothing was sent: a payload can have at most 256 MiB.');
  socket.send(frame);
}
