import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StartPeer } from '../shared/peers.ts';
import type { OpenEndpoint } from '../shared/session.ts';
import { type OpenedServices, openServices } from './services.ts';

const built = process.env.SHMSCOPE_TEST_WORKERS ?? '';
const worker = (name: string) => path.join(built, `${name}.js`);
const directory = mkdtempSync(path.join(tmpdir(), 'shmscope-services-'));
let opened: OpenedServices;

beforeAll(async () => {
  process.env.SHMSCOPE_RUNTIME_DIR = path.join(directory, 'run');
  const workers = {
    ...{
      session: worker('session'),
      capture: worker('capture'),
      job: worker('job'),
      replay: worker('replay'),
      discovery: worker('discovery'),
    },
    types: worker('types'),
  };
  opened = await openServices({ dataDir: directory, host: 'headless', workers });
});
afterAll(async () => {
  await opened.close();
  rmSync(directory, { recursive: true, force: true });
});

const names = { section: 'Local\\dying', eventS2c: 'Local\\dying-s2c', eventC2s: 'Local\\dying-c2s' };
const server: OpenEndpoint = {
  ...{ kind: 'endpoint', role: 'server', ...names, layout: 'sized', bufferSize: 1024, takeOver: false },
  ...{ overrun: 'wait', receive: null },
};
const peer: StartPeer = {
  ...{ kind: 'bundled', bits: 32, role: 'client', ...names, layout: 'sized', bufferSize: 1024 },
  ...{ behaviour: ['misbehave', 'die-sending-after-event', '--on-input'] },
};

async function details(session: number): Promise<(string | null)[]> {
  const { rows } = await opened.services.rows({ session, filter: '', from: 0, count: 100 });
  return rows.map(({ detail }) => detail);
}

test('a peer that dies is a record in every session on its channel, and stays listed with how it ended', async () => {
  const { services } = opened;
  const { id } = await services.open(server);
  const started = await services.startPeer(peer);
  await services.tellPeer(started.id, 'now');
  const words = `The peer shm-peer (32-bit, process ${started.pid}) has ended by itself: SIGKILL (killed).`;
  await expect.poll(() => details(id)).toContain(words);
  const { peers } = await services.state();
  expect(peers).toMatchObject([{ pid: started.pid, state: 'ended', exit: { code: null, signal: 'SIGKILL' } }]);
  expect((await services.peerOutput({ peer: started.id, from: 0, limit: 10 })).lines[0]?.text).toBe('ready');
});
