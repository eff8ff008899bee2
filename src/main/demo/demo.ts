import type { Services } from '../../shared/api.ts';
import { DEFAULT_BUFFER_SIZE, type Layout, type Role } from '../../shared/domain.ts';
import type { OpenEndpoint } from '../../shared/session.ts';
import type { Part } from './part.ts';
import { type DemoPeer, startPeer } from './peers.ts';

/** Names of its own, so that the demo never meets a real channel. */
const channel = (name: string) => ({
  section: `Local\\ShmscopeDemo${name}`,
  eventS2c: `Local\\ShmscopeDemo${name}S2C`,
  eventC2s: `Local\\ShmscopeDemo${name}C2S`,
});

const OURS = channel('');
const TALKING = channel('Talk');
const MISMATCHED = channel('Mismatch');

const SERVER: OpenEndpoint = {
  kind: 'endpoint',
  role: 'server',
  ...OURS,
  layout: 'sized',
  bufferSize: DEFAULT_BUFFER_SIZE,
  takeOver: true,
  overrun: 'wait',
  receive: { mode: 'continuous', timeoutMs: 1000 },
};

/**
 * A client for our own server; a pair that talks to itself; and a 64-bit and a 32-bit program with different layouts,
 * which greet each other once and wait forever.
 */
const FIRST: Part = { names: OURS, role: 'client', layout: 'sized', arch: 'x64', does: 'talk' };
const PAIRS: readonly (readonly [Part, Part])[] = [
  pair(TALKING, 'talk', 'sized', 'sized'),
  pair(MISMATCHED, 'greet', 'fixed64', 'fixed'),
];

function pair(names: Part['names'], does: Part['does'], server: Layout, client: Layout): readonly [Part, Part] {
  const part = (role: Role, layout: Layout, arch: Part['arch']): Part => ({ names, role, layout, arch, does });
  return [part('server', server, 'x64'), part('client', client, 'x86')];
}

/**
 * Opens a server with a client that talks to it over the real channel, and a tap on two programs that talk to each
 * other; a mismatched pair is there to be found. Returns a function that ends what it started.
 */
export async function startDemo(services: Services, peerThread: string): Promise<() => Promise<void>> {
  const peers: DemoPeer[] = [];
  const start = async (part: Part) => void peers.push(await startPeer(part, peerThread));
  await services.open(SERVER);
  await start(FIRST);
  for (const [server, client] of PAIRS) {
    await start(server);
    await start(client);
  }
  const look = { layout: 'auto', mode: 'adaptive', follow: true, wait: { limitMs: null } } as const;
  await services.open({ kind: 'tap', role: 'tap', ...TALKING, ...look });
  return async () => void (await Promise.all(peers.map(({ stop }) => stop())));
}
