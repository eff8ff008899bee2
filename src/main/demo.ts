import { Worker } from 'node:worker_threads';
import type { Services } from '../shared/api.ts';
import type { OpenOptions } from '../shared/session.ts';

/** Names of its own, so that the demo never meets a real channel. */
const DEMO: OpenOptions = {
  role: 'server',
  section: `Local\\ShmscopeDemo`,
  eventS2c: `Local\\ShmscopeDemoS2C`,
  eventC2s: `Local\\ShmscopeDemoC2S`,
  layout: 'sized',
  bufferSize: 16384,
  takeOver: true,
  overrun: 'wait',
  receive: { mode: 'continuous', timeoutMs: 1000 },
};

/** Opens a server session and starts a client that talks with it over the real channel. Answers how to end the client. */
export async function startDemo(services: Services, demoPeerPath: string): Promise<() => Promise<void>> {
  await services.open(DEMO);
  const peer = new Worker(demoPeerPath, { workerData: { ...DEMO, role: 'client' } satisfies OpenOptions });
  peer.unref();
  peer.on('error', (error) => process.stderr.write(`The demo's peer stopped: ${error.message}\n`));
  return async () => {
    await peer.terminate();
  };
}
