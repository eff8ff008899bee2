/**
 * The layouts of two native peers, recognised by looking on, and by a session of ours that is one of the two. `node
 * src/main/session/lens.peers.ts`; the Windows Node.js in Wine runs the same file with the Windows peers. It tries a
 * sample that covers each pair of layouts and of bitnesses; with `SHMSCOPE_EXHAUSTIVE` all.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { LAYOUTS, type Layout, ROLES, type Role } from '../../shared/domain.ts';
import type { OpenEndpoint } from '../../shared/session.ts';
import { builtWorker } from '../built-worker.testing.ts';
import { LayoutWatch } from '../channel/lens/layout-watch.ts';
import { verdictOf } from '../channel/lens/lens.ts';
import { LensSample } from '../channel/lens/sample.ts';
import { openKernel } from '../kernel/open.ts';
import { BITS_HERE } from '../peers/runs-32-bit.testing.ts';
import { isExhaustive } from '../sample.testing.ts';
import { MemorySink } from './memory-sink.testing.ts';
import { type Bits, Peer } from './peer.testing.ts';
import { SessionRegistry } from './registry.ts';

/** How many tests wait for their peers at a time. */
const MOSTLY_WAITING = { concurrency: 4 };
const PATIENCE_MS = 10_000;
const LOOK_MS = 5;
/** How long, and how often, each message is looked at. */
const SEEN_MS = 150;
const ENOUGH_LOOKS = 20;

let cases = 0;
const isTried = (oneOf: number) => isExhaustive || cases++ % oneOf === 0;

const directory = mkdtempSync(join(tmpdir(), 'shmscope-lens-'));
process.env.SHMSCOPE_RUNTIME_DIR = join(directory, 'run');
after(() => rmSync(directory, { recursive: true }));
const kernel = await openKernel();

let names = 0;
function newNames() {
  const section = `Local\\Shmscope lens ${process.pid}-${names++}`;
  return { section, eventS2c: `${section} S2C`, eventC2s: `${section} C2S`, bufferSize: 16384 };
}

/** One that sends a message on its cue, and receives. */
function greeter(t: TestContext, bits: Bits, role: Role, layout: Layout, on: ReturnType<typeof newNames>) {
  const unchecked = role === 'client' ? ['--unchecked'] : [];
  const greeting = ['greet', `{"from":"${role}","says":"hello"}`, '--on-input'];
  return Peer.start(t, bits, role, { ...on, layout }, ...unchecked, ...greeting);
}

/** Looks on while first one of both sends, and then the other. */
async function lookedAt(t: TestContext, bits: [Bits, Bits], layouts: [Layout, Layout], first: Role) {
  const on = newNames();
  const peers = { server: await greeter(t, bits[0], 'server', layouts[0], on) } as Record<Role, Peer>;
  const section = kernel.openSection(on.section, 'read');
  t.after(() => section.close());
  const watch = new LayoutWatch(section);
  peers.client = await greeter(t, bits[1], 'client', layouts[1], on);
  for (const role of first === 'server' ? ROLES : ROLES.toReversed()) {
    peers[role].cue();
    assert.equal(await peers[role].line(), 'sent');
    const until = performance.now() + SEEN_MS;
    // If all processors are busy a pause can last as long as everything else.
    for (let looks = 0; looks < ENOUGH_LOOKS || performance.now() < until; looks++) {
      watch.look(performance.now());
      await pause(LOOK_MS);
    }
  }
  return { section, watch };
}

for (const bits of BITS_HERE.flatMap((client) => BITS_HERE.map((server): [Bits, Bits] => [server, client]))) {
  describe(`a ${bits[0]}-bit server and a ${bits[1]}-bit client`, MOSTLY_WAITING, () => {
    for (const server of LAYOUTS)
      for (const client of LAYOUTS)
        for (const first of server < client ? ROLES : ROLES.toReversed())
          if (isTried(2))
            test(`of layouts ${server} and ${client} are recognised by a message of each, the ${first}'s first`, async (t) => {
              const { section, watch } = await lookedAt(t, bits, [server, client], first);
              const { outcome, layouts, sentence } = watch.verdict ?? {};
              assert.equal(outcome, server === client ? 'same' : 'mismatch', sentence);
              assert.deepEqual(layouts, { server: [server], client: [client] });
              const { bytes } = new LensSample(section);
              const glance = verdictOf(bytes, section.extent);
              if (server === client) assert.equal(glance.outcome, 'same');
              if (glance.outcome === 'mismatch') {
                assert.ok(glance.layouts.server.includes(server));
                assert.ok(glance.layouts.client.includes(client));
              }
            });
  });
}

describe('a session of ours', MOSTLY_WAITING, () => {
  for (const role of ROLES)
    for (const bits of BITS_HERE)
      for (const ours of LAYOUTS)
        for (const theirs of LAYOUTS) {
          // One of our `sized` clients would have a tiny buffer on another layout's section: it is refused.
          if (role === 'client' && ours === 'sized' && theirs !== 'sized') continue;
          if (!isTried(5)) continue;
          const expected = ours === theirs ? 'no mismatch' : 'a mismatch';
          test(`our ${role} of layout ${ours} and a ${bits}-bit peer of layout ${theirs} are ${expected}`, async (t) => {
            const sink = new MemorySink();
            const registry = new SessionRegistry({
              kernel,
              sink,
              workerPath: builtWorker('session'),
              onChange: () => {},
            });
            t.after(() => registry.close());
            const on = newNames();
            const receive = { mode: 'continuous', timeoutMs: 1000 } as const;
            const rest = { kind: 'endpoint', role, takeOver: false, overrun: 'overwrite', receive } as const;
            const options: OpenEndpoint = { ...on, ...rest, layout: ours };
            const start = () => greeter(t, bits, role === 'server' ? 'client' : 'server', theirs, on);
            const early = role === 'client' ? await start() : null;
            const { id } = await registry.open(options);
            const peer = early ?? (await start());
            peer.cue();
            assert.equal(await peer.line(), 'sent');
            await pause(SEEN_MS);
            // A client refuses if the server's flag would be a buffer size.
            const bytes = new TextEncoder().encode('a message of ours');
            const sending = registry.get(id).call({ type: 'send', bytes });
            if (role === 'client' && theirs === 'sized' && ours !== theirs) await assert.rejects(sending);
            else await sending;
            const mismatches = () => sink.of(id).filter(({ code }) => code === 'layout-mismatch');
            const end = performance.now() + (ours === theirs ? 400 : PATIENCE_MS);
            while (performance.now() < end && mismatches().length === 0) await pause(20);
            const says = mismatches().map(({ detail }) => detail);
            assert.equal(says.length, ours === theirs ? 0 : 1, says.join('\n'));
            for (const layout of ours === theirs ? [] : [ours, theirs])
              assert.match(says[0] as string, new RegExp(`"${layout}"`));
          });
        }
});
