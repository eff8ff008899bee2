import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
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
  /** Returns an unsubscribe function. */
  readonly onState: (listener: (event: StateEvent) => void) => () => void;
  /** The folder that the renderer was built into. */
  readonly rendererDir: string;
  /** The user's kept settings, for a page to start with. */
  readonly kept: () => Promise<KeptTexts>;
  /** The folder of finished exports, offered for download; none unless given. */
  readonly exportsDir?: string | undefined;
  /** A name or an address to listen on; 127.0.0.1 unless given. */
  readonly host?: string | undefined;
  /** {@link DEFAULT_PORT} if it is free, else any free one, unless given. 0: any free one. */
  readonly port?: number | undefined;
  /** Further names that it may be addressed by, as `nameIn` returns them. */
  readonly names?: readonly string[];
  /** Certificate and key as PEM; without them it speaks plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
}

/** The same at each start, so that bookmarks and forwarded ports keep working. */
export const DEFAULT_PORT = 7467;

export interface HeadlessHost {
  /** An address that lets one browser in, once; a different one each time. */
  readonly newUrl: () => string;
  readonly port: number;
  /** Says goodbye to every page and stops listening. The services stay open. */
  readonly close: () => Promise<void>;
}

/** Serves the window over HTTP and WebSocket. Throws {@link ShmscopeError} if it can't listen. */
export async function serveHeadless(options: HeadlessOptions): Promise<HeadlessHost> {
  const { services, onState, rendererDir, kept, host = '127.0.0.1', names = [], tls } = options;
  const server: Server = tls ? createTlsServer(tls) : createServer();
  const port = await listenOn(server, host, options.port);
  const access = createAccess({ host, port, secure: tls !== undefined, names });
  server.on('request', pageListener(access, { window: { root: rendererDir, kept }, exports: options.exportsDir }));
  const sockets = acceptSockets(server, access, (socket) => {
    socket.once('close', onState(serveConnection(services, socket)));
  });

  return {
    newUrl: access.newUrl,
    port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await sockets.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Returns the port. */
async function listenOn(server: Server, host: string, port: number | undefined): Promise<number> {
  try {
    return await listen(server, host, port ?? DEFAULT_PORT);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const isTaken = code === 'EADDRINUSE' || code === 'EACCES';
    if (port === undefined && isTaken) return listenOn(server, host, 0);
    throw cannotListen(error as NodeJS.ErrnoException, host, port ?? DEFAULT_PORT);
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): ShmscopeError {
  const cures: Record<string, string> = {
    EADDRINUSE: `Port ${port} is used by another program. Choose another with --port, or leave --port out.`,
    EACCES: `This user may not listen on port ${port}. Choose one above 1023 with --port.`,
    EADDRNOTAVAIL: `${host} isn't an address of this machine. Use --host with one that is.`,
    ENOTFOUND: `The name ${host} can't be resolved. Choose an address of this machine with --host.`,
  };
  return new ShmscopeError('os-error', cures[error.code ?? ''] ?? `Couldn't listen on ${host}, port ${port}.`, {
    code: error.errno ?? 0,
    message: error.message,
  });
}
