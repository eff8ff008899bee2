/** Rules for every adapter of the directory port. Runs like section.contract.ts. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ObjectKind } from '../../shared/discovery.ts';
import type { NamedObject } from './directory.ts';
import type { Order } from './kernel.contract-peer.ts';
import { openDirectory, openKernel } from './open.ts';

const PEER = new URL('./kernel.contract-peer.ts', import.meta.url);
const PATIENCE_MS = 20_000;
const MANY = 10_000;
const WINDOWS = process.platform === 'win32';

const folder = mkdtempSync(join(tmpdir(), 'shmscope-directory-'));
const runtime = join(folder, 'run');
process.env.SHMSCOPE_RUNTIME_DIR = runtime;
after(() => rmSync(folder, { recursive: true }));

const kernel = await openKernel();
const directory = await openDirectory();

let names = 0;
const newName = (tail = '') => `Local\\Shmscope directory ${process.pid}/${names++} é${tail}`;

function keep<H extends { close(): void }>(t: TestContext, handle: H): H {
  t.after(() => handle.close());
  return handle;
}

const make = (t: TestContext, kind: ObjectKind, name = newName()) =>
  kind === 'section' ? keep(t, kernel.createSection(name, 40_000).section) : keep(t, kernel.createEvent(name).event);

const listed = (name: string) => directory.list().objects.filter((object) => object.name === name);

function found(name: string): NamedObject {
  const [object, ...more] = listed(name);
  assert.ok(object, `${name} is not listed`);
  assert.deepEqual(more, []);
  return object;
}

function startHolder(t: TestContext) {
  const [section, event, ready, quit] = [newName(), newName(), newName(), newName()];
  const isReady = keep(t, kernel.createEvent(ready).event);
  const end = keep(t, kernel.createEvent(quit).event);
  const order: Order = { role: 'hold', section, event, mark: 0x600d_f00d, ready, quit };
  const args = [...process.execArgv.filter((arg) => !arg.startsWith('--test')), fileURLToPath(PEER)];
  const child: ChildProcess = spawn(process.execPath, [...args, JSON.stringify(order)], { stdio: 'ignore' });
  t.after(() => child.kill('SIGKILL'));
  assert.equal(kernel.waitAny([isReady], PATIENCE_MS), 0, 'the other process did not get ready');
  return { child, section, event, end };
}

describe('the list', () => {
  test('has what this program makes, once, with its kind and where its name holds, and no longer than it is held', (t) => {
    const global = newName().replace('Local', 'Global');
    const objects = [
      { kind: 'section', name: newName(), space: { kind: 'local' } },
      { kind: 'event', name: newName(), space: { kind: 'local' } },
      { kind: 'section', name: global, space: { kind: 'global' } },
    ] as const;
    const handles = objects.map(({ kind, name }) => make(t, kind, name));
    for (const { kind, name, space } of objects) {
      const object = found(name);
      assert.deepEqual({ kind: object.kind, name: object.name, space: object.space }, { kind, name, space });
    }
    for (const handle of handles) handle.close();
    assert.deepEqual(
      objects.flatMap(({ name }) => listed(name)),
      [],
    );
  });

  test('has what another program holds, and what it was killed with is gone from it', async (t) => {
    const { child, section, event } = startHolder(t);
    assert.deepEqual([found(section).kind, found(event).kind], ['section', 'event']);
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.deepEqual([...listed(section), ...listed(event)], []);
  });

  for (const tail of [
    '/slash',
    ' 日本語 🎉',
    '\u0001\u001b[31m\n\t',
    '%41%zz',
    '..',
    ' ',
    '"\'`$(x)',
    '\u202egnp',
    'S2C',
  ]) {
    test(`has a name that ends in ${JSON.stringify(tail)} as it was given`, (t) => {
      const name = newName(tail);
      make(t, 'event', name);
      assert.equal(found(name).kind, 'event');
    });
  }

  test(`has each of ${MANY} objects`, (t) => {
    const name = newName();
    const wanted = new Set(Array.from({ length: MANY }, (_, index) => `${name}-${index}`));
    const events = [...wanted].map((each) => kernel.createEvent(each).event);
    t.after(() => {
      for (const event of events) event.close();
    });
    const { objects, unseen } = directory.list();
    const seen = objects.map((object) => object.name).filter((each) => wanted.has(each));
    assert.deepEqual([seen.length, new Set(seen).size, unseen], [MANY, MANY, []]);
  });
});

describe('a look', () => {
  test('gives the size in pages and the beginning, up to the end of the section', (t) => {
    const name = newName();
    const section = keep(t, kernel.createSection(name, 5000).section);
    section.write(0, Buffer.from('begins'));
    const sample = Buffer.alloc(40_000, 0xee);
    const look = directory.look(found(name), sample);
    assert.ok(look.outcome === 'seen' && look.extent === section.extent, JSON.stringify(look));
    assert.ok(look.bytes >= 5000 && look.bytes <= look.extent);
    assert.equal(sample.toString('latin1', 0, 6), 'begins');
    assert.deepEqual(sample.subarray(6, look.bytes), Buffer.alloc(look.bytes - 6));
    const short = Buffer.alloc(3);
    assert.deepEqual(directory.look(found(name), short), { outcome: 'seen', extent: section.extent, bytes: 3 });
    assert.equal(short.toString(), 'beg');
  });

  test('keeps nothing alive, and what has gone since the list was made is gone', (t) => {
    const name = newName();
    const section = make(t, 'section', name);
    const object = found(name);
    assert.equal(directory.look(object, Buffer.alloc(16)).outcome, 'seen');
    section.close();
    assert.equal(directory.look(object, Buffer.alloc(16)).outcome, 'gone');
    const { section: next, existed } = kernel.createSection(name, 16);
    keep(t, next);
    assert.equal(existed, false);
  });

  test('at an event tells whether it is set and leaves it so', (t) => {
    const name = newName();
    const event = keep(t, kernel.createEvent(name).event);
    const object = found(name);
    const before = directory.isSet(object);
    event.set();
    assert.deepEqual([before, directory.isSet(object), directory.isSet(object)], [false, true, true]);
    assert.equal(kernel.waitAny([event], 0), 0);
    assert.equal(directory.isSet(object), false);
    event.close();
    assert.equal(directory.isSet(object), null);
  });
});

describe('the holders', () => {
  test('are this process and others, each with its program, its bits and its rights', (t) => {
    const { child, section, event } = startHolder(t);
    keep(t, kernel.openSection(section, 'write'));
    const objects = [section, event].map(found);
    const { of, processes, unseen } = directory.holders(objects);
    const pids = of.map((holders) => [...new Set(holders.map(({ pid }) => pid))].sort());
    const peer = processes.find(({ pid }) => pid !== process.pid)?.pid as number;
    // Under Wine the child's pid is that of the system beneath.
    if (!WINDOWS) assert.equal(peer, child.pid);
    assert.deepEqual(pids, [[process.pid, peer].sort(), [peer]]);
    for (const [index, rights] of [
      [0, ['read', 'write']],
      [1, ['wait', 'set']],
    ] as const)
      for (const holder of of[index] ?? [])
        assert.deepEqual(
          rights.filter((right) => !holder.rights.includes(right)),
          [],
        );
    const bits = process.arch === 'ia32' ? 32 : 64;
    for (const each of processes) assert.deepEqual([each.bits, each.name], [bits, basename(process.execPath)]);
    assert.deepEqual(unseen, []);
  });

  test('of what nobody holds any more are none', (t) => {
    const name = newName();
    const section = make(t, 'section', name);
    const object = found(name);
    section.close();
    assert.deepEqual(directory.holders([object]).of, [[]]);
    assert.deepEqual(directory.holders([]), { of: [], processes: [], unseen: [] });
  });
});

describe('the runtime directory', () => {
  const rule = (name: string, work: (t: TestContext) => void) => test(name, { skip: WINDOWS && 'on POSIX only' }, work);

  rule('that is not there has no objects, and is not made', (t) => {
    process.env.SHMSCOPE_RUNTIME_DIR = join(folder, 'missing');
    t.after(() => {
      process.env.SHMSCOPE_RUNTIME_DIR = runtime;
    });
    assert.deepEqual(directory.list(), { objects: [], unseen: [] });
    assert.ok(!existsSync(join(folder, 'missing')));
  });

  rule('that others can look into is not listed, and the reason and the cure are given', (t) => {
    const open = join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o755);
    process.env.SHMSCOPE_RUNTIME_DIR = open;
    t.after(() => {
      process.env.SHMSCOPE_RUNTIME_DIR = runtime;
    });
    const { objects, unseen } = directory.list();
    assert.deepEqual([objects, unseen.length], [[], 1]);
    assert.match(`${unseen[0]?.reason} ${unseen[0]?.cure}`, /accessible to other users.*mode 700/);
  });

  rule('may hold files that stand for no object: they are not listed', (t) => {
    make(t, 'section');
    const strange = ['L.%FF', 'L.%2f', 'L.%41', 'L.', 'X.a', 'L.a.b', 'L.%00', 'L.%5C', 'L.%ED%A0%80', 'plain', 'L.é'];
    for (const file of strange) writeFileSync(join(runtime, file), '');
    mkdirSync(join(runtime, 'L.folder'));
    t.after(() => {
      for (const file of [...strange, 'L.folder']) rmSync(join(runtime, file), { recursive: true });
    });
    assert.equal(directory.list().objects.length, 1);
  });
});
