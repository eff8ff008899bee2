import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Services, StateEvent } from '../shared/api.ts';
import { ShmscopeError } from '../shared/failure.ts';
import type { KeptTexts } from '../shared/kept.ts';
import { createAccess } from './headless/access.ts';
import { serveConnection } from './headless/connection.ts';
import { pageListener } from './headless/pages.ts';
import { acceptSockets } from './headless/sockets.ts';

export interface HeadlessOptions {
  readonly services: Services;
  /** Returns its own undo. */
  readonly onState: (listener: (event: StateEvent) => void) => () => void;
  /** The folder that the renderer was built into. */
  readonly rendererDir: string;
  /** What the user has kept, for a page to begin with. */
  readonly kept: () => Promise<KeptTexts>;
  /** The folder of finished exports, offered for download; none unless given. */
  readonly exportsDir?: string | undefined;
  /** A name or an address to listen on; 127.0.0.1 unless given. */
  readonly host?: string | undefined;
  /** Any free port unless given. */
  readonly port?: number | undefined;
}

export interface HeadlessHost {
  /** Lets one browser in, once. */
  readonly url: string;
  readonly port: number;
  /** Says goodbye to every page and stops listening. The services stay open. */
  readonly close: () => Promise<void>;
}

/** Serves the window over HTTP and WebSocket. Throws {@link ShmscopeError} where it can't listen. */
export async function serveHeadless(options: HeadlessOptions): Promise<HeadlessHost> {
  const { services, onState, rendererDir, kept, host = '127.0.0.1' } = options;
  const server = createServer();
  const port = await listen(server, host, options.port ?? 0);
  const access = createAccess(host, port);
  server.on('request', pageListener(access, { window: { root: rendererDir, kept }, exports: options.exportsDir }));
  const sockets = acceptSockets(server, access, (socket) => {
    socket.once('close', onState(serveConnection(services, socket)));
  });

  return {
    url: access.url,
    port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await sockets.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Answers the port. */
function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)));
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): ShmscopeError {
  const cures: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken by another program. Choose another with --port, or leave --port out for any free one.`,
    EACCES: `This user may not listen on port ${port}. Choose one above 1023 with --port.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. Choose one of its own with --host.`,
    ENOTFOUND: `The name ${host} is not known. Choose an address of this machine with --host.`,
  };
  return new ShmscopeError('os-error', cures[error.code ?? ''] ?? `Listening on ${host}, port ${port}, failed.`, {
    code: error.errno ?? 0,
    message: error.message,
  });
}
