/**
 * A section that another Windows program has closed to us, or not fully committed, for sessions that only look: `node
 * src/main/session/raw/raw-session.peers.ts` under Wine.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { OpenOptions } from '../../../shared/session.ts';
import { builtWorker } from '../../built-worker.testing.ts';
import { openKernel } from '../../kernel/open.ts';
import { MemorySink } from '../memory-sink.testing.ts';
import { SessionRegistry } from '../registry.ts';

const PAGE = 4096;
const skip = process.platform !== 'win32' && 'access lists and uncommitted pages are of Windows';

let names = 0;
const newName = () => `Local\\Shmscope raw ${process.pid}-${names++} é`;
const raw = (section: string): OpenOptions => ({
  ...{ kind: 'raw', role: 'raw', section, eventS2c: '', eventC2s: '', snapshotMs: null },
});
const tap = (section: string): OpenOptions => ({
  ...{ kind: 'tap', role: 'tap', section, eventS2c: '', eventC2s: '', layout: 'auto', mode: 'adaptive', follow: false },
});

async function withRegistry(use: (registry: SessionRegistry) => Promise<void>): Promise<void> {
  const kernel = await openKernel();
  const registry = new SessionRegistry({
    kernel,
    sink: new MemorySink(),
    workerPath: builtWorker('session'),
    onChange: () => {},
    spare: 0,
  });
  await use(registry).finally(() => registry.close());
}
const foreign = () => import('../../kernel/kernel32.testing.ts');

describe('a section that only others may read', () => {
  for (const [kind, options] of Object.entries({ raw, tap }))
    for (const sddl of ['D:', 'D:(A;;GW;;;WD)'])
      test(`${sddl} is refused to a session of kind ${kind}, with the right that is missing`, { skip }, async (t) => {
        const name = newName();
        const section = (await foreign()).foreignSection(name, PAGE, sddl);
        t.after(() => section.close());
        await withRegistry((registry) =>
          assert.rejects(registry.open(options(name)), (error: { failure?: { code: string; message: string } }) => {
            assert.equal(error.failure?.code, 'access-denied');
            assert.match(error.failure?.message ?? '', /FILE_MAP_READ/);
            assert.ok(error.failure?.message.includes(name));
            return true;
          }),
        );
      });
});

describe('a section that is reserved, and committed in part', () => {
  test('is shown as far as it is committed from its first byte on', { skip }, async (t) => {
    const name = newName();
    const parts = [
      { at: 0, bytes: 2 * PAGE },
      { at: 4 * PAGE, bytes: PAGE },
    ];
    const section = (await foreign()).reservedSection(name, 16 * PAGE, ...parts);
    t.after(() => section.close());
    await withRegistry(async (registry) => {
      const { id } = await registry.open(raw(name));
      const { extent, uncommitted } = registry.snapshot(id) as unknown as { extent: number; uncommitted: number };
      assert.deepEqual([extent, uncommitted], [2 * PAGE, 14 * PAGE]);
      const command = { type: 'rawBytes', offset: 2 * PAGE - 1, length: PAGE } as const;
      assert.equal((await registry.get(id).call<Uint8Array>(command)).length, 1);
    });
  });

  test('is refused with a sentence where nothing of it is committed, and to a tap where its header is not', {
    skip,
  }, async (t) => {
    const name = newName();
    const section = (await foreign()).reservedSection(name, 16 * PAGE);
    t.after(() => section.close());
    await withRegistry(async (registry) => {
      for (const options of [raw(name), tap(name)])
        await assert.rejects(registry.open(options), ({ failure }: { failure?: { message: string } }) => {
          assert.match(failure?.message ?? '', /commit/);
          return true;
        });
    });
  });
});
