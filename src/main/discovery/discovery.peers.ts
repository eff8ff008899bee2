/** Discovery of channels whose ends are native programs, 32-bit and 64-bit. Runs like the peers' tests of sessions. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { FoundSection } from '../../shared/discovery.ts';
import { LAYOUTS, type Layout } from '../../shared/domain.ts';
import { openDirectory, openKernel } from '../kernel/open.ts';
import { BITS_HERE, OTHER_BITS } from '../peers/runs-32-bit.testing.ts';
import { Peer } from '../session/peer.testing.ts';
import { Discoverer } from './discoverer.ts';

const folder = mkdtempSync(join(tmpdir(), 'shmscope-discovery-'));
process.env.SHMSCOPE_RUNTIME_DIR = join(folder, 'run');
after(() => rmSync(folder, { recursive: true }));

const discoverer = new Discoverer(await openDirectory());
const kernel = await openKernel();
let names = 0;
const PATIENCE_MS = 20_000;

/** The channel once its first messages reveal the layout. */
async function readAs(name: string, layout: Layout): Promise<FoundSection> {
  for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline; await pause(5)) {
    const found = discoverer.discover({ all: false, processes: false }).channels.find((each) => each.name === name);
    if (found?.reading?.layout === layout) return found;
  }
  throw new Error(`${name} was not read as ${layout}.`);
}

for (const layout of LAYOUTS)
  for (const bits of BITS_HERE)
    test(`a ${bits}-bit server in layout ${layout} and its client are found, with their bits and rights`, async (t) => {
      const other = bits === 64 ? OTHER_BITS : 64;
      const name = `Discovered ${process.pid}/${names++}`;
      const channel = {
        section: `Local\\${name}`,
        eventS2c: `Local\\${name} S2C`,
        eventC2s: `Local\\${name} C2S`,
        ...{ layout, bufferSize: 5000 },
      };
      const server = await Peer.start(t, bits, 'server', channel, 'echo');
      await Peer.start(t, other, 'client', channel, 'talk');
      const found = await readAs(channel.section, layout);
      assert.equal(found.reading?.capacity, layout === 'sized' ? 5000 : 16_384);
      assert.deepEqual(found.events, { s2c: channel.eventS2c, c2s: channel.eventC2s, evidence: 'similar' });
      const { processes, events, unseen } = discoverer.details(found.id);
      assert.deepEqual(processes.map((each) => each.bits).sort(), [bits, other].sort());
      for (const each of processes) {
        assert.match(each.name ?? '', /^shm-peer/);
        assert.deepEqual([each.own, each.looksOnly], [false, false]);
        assert.deepEqual(
          new Set(each.holds.map((held) => held.name)),
          new Set([channel.section, ...events.map((e) => e.name)]),
        );
      }
      assert.deepEqual(
        events.map(({ lane, paired }) => [lane, paired]),
        [
          ['c2s', true],
          ['s2c', true],
        ],
      );
      assert.deepEqual(unseen, []);
      await server.kill();
    });

test('to look keeps no channel alive: when its ends are gone it is gone, and its name is free', async (t) => {
  const name = `Local\\Discovered ${process.pid}/${names++}`;
  const channel = {
    section: name,
    eventS2c: `${name} S2C`,
    eventC2s: `${name} C2S`,
    layout: 'sized',
    bufferSize: 64,
  } as const;
  const server = await Peer.start(t, 64, 'server', channel, 'echo');
  const isFound = () =>
    discoverer.discover({ all: true, processes: false }).channels.some((each) => each.name === name);
  assert.ok(isFound());
  await server.end();
  assert.ok(!isFound());
  const { section, existed } = kernel.createSection(name, 64);
  section.close();
  assert.equal(existed, false);
});
