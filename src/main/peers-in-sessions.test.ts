import { expect, test } from 'vitest';
import type { StartPeer } from '../shared/peers.ts';
import type { OpenEndpoint } from '../shared/session.ts';
import { hostForAllTests } from './host.testing.ts';
import { OTHER_BITS } from './peers/runs-32-bit.testing.ts';

const host = hostForAllTests();

const names = { section: 'Local\\dying', eventS2c: 'Local\\dying-s2c', eventC2s: 'Local\\dying-c2s' };
const server: OpenEndpoint = {
  ...{ kind: 'endpoint', role: 'server', ...names, layout: 'sized', bufferSize: 1024, takeOver: false },
  ...{ overrun: 'wait', receive: null },
};
const peer: StartPeer = {
  ...{ kind: 'bundled', bits: OTHER_BITS, role: 'client', ...names, layout: 'sized', bufferSize: 1024 },
  ...{ behaviour: ['misbehave', 'die-sending-after-event', '--on-input'] },
};

async function details(session: number): Promise<(string | null)[]> {
  const { rows } = await host().services.rows({ session, filter: '', from: 0, count: 100 });
  return rows.map(({ detail }) => detail);
}

test('a peer that dies is a record in every session on its channel, and stays listed with how it ended', async () => {
  const { services } = host();
  const { id } = await services.open(server);
  const started = await services.startPeer(peer);
  await services.tellPeer(started.id, 'now');
  const words = `The peer shm-peer (${OTHER_BITS}-bit, process ${started.pid}) ended on its own: SIGKILL (killed).`;
  await expect.poll(() => details(id)).toContain(words);
  const { peers } = await services.state();
  expect(peers).toMatchObject([{ pid: started.pid, state: 'ended', exit: { code: null, signal: 'SIGKILL' } }]);
  expect((await services.peerOutput({ peer: started.id, from: 0, limit: 10 })).lines[0]?.text).toBe('ready');
});
