import { expect, test, vi } from 'vitest';
import type { LensView } from '../../shared/lens.ts';
import type { OpenEndpoint, OpenTap } from '../../shared/session.ts';
import { benchForAllTests, peerOptions, serverOptions, utf8 } from './testing.ts';

// Threads are late when all processors are busy.
vi.setConfig({ expect: { poll: { timeout: 20_000 } } });
const bench = benchForAllTests();

const mismatches = (id: number) =>
  bench()
    .sink.of(id)
    .filter(({ code }) => code === 'layout-mismatch');
const lensOf = (id: number) => bench().registry.get(id).call<LensView>({ type: 'lens' });

/** Opens a session, and sends a text at both ends of a channel with two layouts. */
async function mixed(server: OpenEndpoint, ours: (server: OpenEndpoint) => OpenEndpoint | OpenTap): Promise<number> {
  const serverEnd = bench().peer(server);
  const session = ours(server);
  const { id } = await bench().registry.open(session);
  const clientEnd = session.kind === 'tap' ? bench().peer(peerOptions(server, { layout: 'fixed' })) : null;
  serverEnd.send(utf8('{"from":"server"}'));
  await expect.poll(async () => (await lensOf(id)).verdict.layouts.server).toEqual(['fixed64']);
  if (clientEnd) clientEnd.send(utf8('{"from":"client"}'));
  else
    await bench()
      .registry.get(id)
      .call({ type: 'send', bytes: utf8('{"from":"client"}') });
  return id;
}

test('a tap tells of a mismatch once, without a lane, and shows the same through the lens', async () => {
  const id = await mixed(serverOptions({ layout: 'fixed64' }), ({ section, eventS2c, eventC2s }) => {
    const rest = { layout: 'auto', mode: 'adaptive', follow: false } as const;
    return { kind: 'tap', role: 'tap', section, eventS2c, eventC2s, ...rest };
  });
  await expect.poll(() => mismatches(id)).toHaveLength(1);
  expect(mismatches(id)[0]).toMatchObject({
    ...{ kind: 'anomaly', lane: null },
    detail: expect.stringMatching(/^The server uses "fixed64", .* If both used fixed64: Offset 12 holds 17/),
  });
  const { verdict } = await lensOf(id);
  expect([verdict.outcome, verdict.certainty, verdict.layouts]).toEqual([
    'mismatch',
    'certain',
    { server: ['fixed64'], client: ['fixed'] },
  ]);
});

test('an end of ours tells how it would match its peer', async () => {
  const id = await mixed(serverOptions({ layout: 'fixed64' }), (server) => peerOptions(server, { layout: 'fixed' }));
  await expect.poll(() => mismatches(id)).toHaveLength(1);
  expect(mismatches(id)[0]?.detail).toContain('Or open this session with layout "fixed64"');
  expect((await lensOf(id)).verdict.sentence).toContain('Or open this session with layout "fixed64"');
});

test('the two ends of one layout tell nothing, and are known through the lens', async () => {
  const options = serverOptions({ layout: 'fixed', receive: { mode: 'continuous', timeoutMs: 1000 } });
  const { id } = await bench().registry.open(options);
  const client = bench().peer(peerOptions(options, { layout: 'fixed' }));
  client.send(utf8('hello'));
  await bench()
    .registry.get(id)
    .call({ type: 'send', bytes: utf8('hello yourself') });
  await expect.poll(async () => (await lensOf(id)).verdict.outcome).toBe('same');
  expect(mismatches(id)).toEqual([]);
});
