import { Worker } from 'node:worker_threads';
import type { Services } from '../shared/api.ts';
import type { OpenEndpoint } from '../shared/session.ts';
import { openKernel } from './kernel/open.ts';
import { logError } from './log/program-log.ts';

/** Names of its own, so that the demo never meets a real channel. */
const DEMO: OpenEndpoint = {
  kind: 'endpoint',
  role: 'server',
  section: 'Local\\ShmscopeDemo',
  eventS2c: 'Local\\ShmscopeDemoS2C',
  eventC2s: 'Local\\ShmscopeDemoC2S',
  layout: 'sized',
  bufferSize: 16384,
  takeOver: true,
  overrun: 'wait',
  receive: { mode: 'continuous', timeoutMs: 1000 },
};

/** What the peer's thread is started with. */
export interface DemoPeerData {
  readonly options: OpenEndpoint;
  /** Ends the peer when it is set. */
  readonly stop: bigint;
}

/**
 * Opens a server session and starts a client that talks with it over the real channel. Returns how to end the client.
 */
export async function startDemo(services: Services, demoPeerPath: string): Promise<() => Promise<void>> {
  await services.open(DEMO);
  const stop = (await openKernel()).createEvent(null).event;
  const workerData: DemoPeerData = { options: { ...DEMO, role: 'client' }, stop: stop.token };
  const peer = new Worker(demoPeerPath, { workerData });
  peer.on('error', (error) => {
    logError("The demo's peer died", error);
    process.stderr.write(`The demo's peer stopped: ${error.message}\n`);
  });
  const ended = new Promise<void>((resolve) => peer.once('exit', () => resolve()));
  return async () => {
    stop.set();
    await ended;
    stop.close();
  };
}
