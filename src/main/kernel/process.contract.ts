/**
 * Rules for every adapter of the kernel port: what several threads and processes hold, and that nothing is left. Runs
 * on each of them with Node's own test runner, by `node src/main/kernel/process.contract.ts`, and by the Windows
 * Node.js in Wine.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { isExhaustive } from '../sample.testing.ts';
import {
  code,
  isSet,
  keep,
  kernel,
  makeEvent,
  makeSection,
  newName,
  PATIENCE_MS,
  PEER,
  startHolder,
  startProcess,
} from './contract.testing.ts';
import { openHandles } from './contract-handles.testing.ts';
import type { Order } from './kernel.contract-peer.ts';
import { ERROR, KernelError } from './kernel.ts';

const CYCLES = isExhaustive ? 10_000 : 1000;

describe('two processes', () => {
  test('share the bytes of a section, and wake each other by events', (t) => {
    const [section, ask, answer] = [newName(), newName(), newName()];
    const [shared, asking, answered] = [makeSection(t, section), makeEvent(t, ask), makeEvent(t, answer)];
    startProcess(t, { role: 'add', section, ask, answer, rounds: 200 });
    shared.storeU32(0, 1000);
    for (let round = 1; round <= 200; round++) {
      asking.set();
      assert.equal(kernel.waitAny([answered], PATIENCE_MS), 0);
      assert.equal(shared.loadU32(0), 1000 + round);
    }
  });

  test('a name that another process holds exists, until that process ends', async (t) => {
    const holder = startHolder(t);
    assert.equal(keep(t, kernel.openSection(holder.section, 'write')).loadU32(0), holder.mark);
    const { event, existed } = kernel.createEvent(holder.event);
    event.close();
    assert.equal(existed, true);
    holder.end.set();
    assert.deepEqual(await once(holder.child, 'exit'), [0, null]);
    assert.equal(
      code(() => kernel.openEvent(holder.event)),
      ERROR.FILE_NOT_FOUND,
    );
  });

  test('one that is killed leaves nothing behind that a later open or create would meet', async (t) => {
    const holder = startHolder(t);
    holder.child.kill('SIGKILL');
    await once(holder.child, 'exit');
    assert.equal(
      code(() => kernel.openSection(holder.section, 'write')),
      ERROR.FILE_NOT_FOUND,
    );
    const section = kernel.createSection(holder.section, 4096);
    assert.equal(section.existed, false);
    assert.equal(keep(t, section.section).loadU32(0), 0);
    const event = kernel.createEvent(holder.event);
    assert.equal(event.existed, false);
    assert.equal(isSet(keep(t, event.event)), false);
  });

  test('one that is killed does not take along what the other holds', async (t) => {
    const holder = startHolder(t);
    const section = keep(t, kernel.openSection(holder.section, 'write'));
    holder.child.kill('SIGKILL');
    await once(holder.child, 'exit');
    assert.equal(section.loadU32(0), holder.mark);
    assert.equal(kernel.createSection(holder.section, 4096).existed, true);
  });
});

test('a processor that is given up comes back at once where nothing else wants it', () => {
  const took = Array.from({ length: 1000 }, () => {
    const startedAt = performance.now();
    kernel.yieldProcessor();
    return performance.now() - startedAt;
  });
  assert.ok((took.toSorted((a, b) => a - b)[100] as number) < 1, `${took}`);
});

test('what a thread held that ended is let go by another, and leaves no handle and no name', async (t) => {
  const [section, event] = [newName(), newName()];
  const { token } = makeEvent(t);
  const die = async () => {
    const thread = new Worker(PEER, { workerData: { role: 'die', section, event, token } satisfies Order });
    const [[leases]] = await Promise.all([once(thread, 'message'), once(thread, 'exit')]);
    for (const lease of leases) kernel.reclaim(lease);
    assert.equal(
      code(() => kernel.openSection(section, 'write')),
      ERROR.FILE_NOT_FOUND,
    );
    assert.equal(
      code(() => kernel.openEvent(event)),
      ERROR.FILE_NOT_FOUND,
    );
  };
  await die();
  const before = openHandles();
  for (let round = 0; round < 5; round++) await die();
  assert.ok(openHandles() - before < 5, `${openHandles() - before} handles more`);
});

test(`${CYCLES.toLocaleString('en-US')} times opened and closed leaves no handle`, (t) => {
  const [section, event] = [newName(), newName()];
  const cycle = () => {
    const made = kernel.createSection(section, 4096).section;
    kernel.openSection(section, 'read').close();
    made.close();
    const named = kernel.createEvent(event).event;
    kernel.openEventState(event).close();
    const unnamed = kernel.createEvent(null).event;
    kernel.attachEvent(unnamed.token).close();
    assert.throws(() => kernel.openSection(event, 'write'), KernelError);
    named.close();
    unnamed.close();
  };
  cycle();
  const before = openHandles();
  makeEvent(t);
  assert.equal(openHandles(), before + 1, 'the count does not count');
  for (let round = 0; round < CYCLES; round++) cycle();
  const more = openHandles() - before - 1;
  assert.ok(more < 10, `${more} handles more`); // A few of the runtime's own come and go; a leak would be hundreds.
});
