/**
 * What every adapter of the kernel port keeps. Runs on each of them with Node's own test runner:
 * `node --test src/main/kernel/kernel.contract.ts`, and `node src/main/kernel/kernel.contract.ts` for the Windows
 * Node.js in Wine.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import koffi from 'koffi';
import type { Order } from './kernel.contract-peer.ts';
import { ERROR, KernelError, type KernelEvent, type Section } from './kernel.ts';
import { openKernel } from './open.ts';
import { pinned } from './pinned.ts';

const PEER = new URL('./kernel.contract-peer.ts', import.meta.url);
const PATIENCE_MS = 20_000;

const directory = mkdtempSync(join(tmpdir(), 'shmscope-contract-'));
process.env.SHMSCOPE_RUNTIME_DIR = join(directory, 'run');
after(() => rmSync(directory, { recursive: true }));

const kernel = await openKernel();

let names = 0;
const newName = () => `Local\\Shmscope contract ${process.pid}/${names++} é`;

function keep<H extends { close(): void }>(t: TestContext, handle: H): H {
  t.after(() => handle.close());
  return handle;
}

const makeSection = (t: TestContext, name = newName(), size = 4096): Section =>
  keep(t, kernel.createSection(name, size).section);
const makeEvent = (t: TestContext, name: string | null = null): KernelEvent => keep(t, kernel.createEvent(name).event);
const isSet = (event: KernelEvent): boolean => kernel.waitAny([event], 0) === 0;

function bytes(section: Section, offset = 0, length = section.extent - offset): Buffer {
  const target = Buffer.alloc(length, 0xee);
  section.read(offset, target);
  return target;
}

function refusal(work: () => unknown): KernelError {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof KernelError, `${error}`);
    return error;
  }
  throw new Error('The call was not refused.');
}

const code = (work: () => unknown): number => refusal(work).code;

function startProcess(t: TestContext, order: Order): ChildProcess {
  const args = [...process.execArgv.filter((arg) => !arg.startsWith('--test')), fileURLToPath(PEER)];
  const child = spawn(process.execPath, [...args, JSON.stringify(order)], { stdio: 'ignore' });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

/** A thread that carries out `order` and waits: at the event of `order.token`. */
async function startThread(t: TestContext, order: Order): Promise<Worker> {
  const thread = new Worker(PEER, { workerData: order });
  t.after(() => thread.terminate());
  assert.deepEqual(await once(thread, 'message'), ['waiting']);
  return thread;
}

/** A process that holds a marked section and an event. */
function startHolder(t: TestContext) {
  const [section, event, ready, quit] = [newName(), newName(), newName(), newName()];
  const isReady = makeEvent(t, ready);
  const end = makeEvent(t, quit);
  const mark = 0x600d_f00d;
  const child = startProcess(t, { role: 'hold', section, event, mark, ready, quit });
  assert.equal(kernel.waitAny([isReady], PATIENCE_MS), 0, 'the other process did not get ready');
  return { child, section, event, mark, end };
}

describe('a section', () => {
  test('is whole pages of zeros when new', (t) => {
    const page = makeSection(t, newName(), 1).extent;
    assert.ok(page >= 4096 && Number.isInteger(Math.log2(page)), `page of ${page}`);
    const section = makeSection(t, newName(), 32_792);
    assert.equal(section.extent, Math.ceil(32_792 / page) * page);
    assert.deepEqual(bytes(section), Buffer.alloc(section.extent));
  });

  test('made a second time is told to have existed, and is the same bytes, whatever the size asked for', (t) => {
    const name = newName();
    const first = kernel.createSection(name, 4096);
    keep(t, first.section).write(10, Buffer.from('same'));
    const second = kernel.createSection(name, 10);
    assert.deepEqual([first.existed, second.existed], [false, true]);
    assert.equal(bytes(keep(t, second.section), 10, 4).toString(), 'same');
    assert.equal(bytes(keep(t, kernel.openSection(name, 'write')), 10, 4).toString(), 'same');
  });

  test('that is opened to be read shows what is written there by others, and can itself write nothing', (t) => {
    const name = newName();
    const section = makeSection(t, name);
    section.storeU32(8, 7);
    const reader = keep(t, kernel.openSection(name, 'read'));
    assert.deepEqual([reader.extent, reader.loadU32(8)], [section.extent, 7]);
    section.write(8, Buffer.from('later'));
    const target = Buffer.alloc(5);
    reader.read(8, target);
    assert.equal(target.toString(), 'later');
    assert.throws(() => reader.loadU32(reader.extent), RangeError);
    assert.deepEqual(
      ['write', 'storeU32', 'fill'].filter((name) => name in reader),
      [],
    );
    reader.check();
  });

  test('tells those who only read it whether anybody else holds it, and they are none of these', (t) => {
    const name = newName();
    const section = kernel.createSection(name, 4096).section;
    const other = kernel.openSection(name, 'write');
    const readers = [1, 2, 3].map(() => keep(t, kernel.openSection(name, 'read')));
    const told = () => readers.map((reader) => reader.isHeldByOthers());
    section.close();
    assert.deepEqual(told(), [true, true, true]);
    other.close();
    assert.deepEqual(told(), [false, false, false]);
    readers.pop()?.close();
    assert.deepEqual(told(), [false, false]);
  });

  test('goes on being readable after its last holder; its name is free then, on Windows once nobody reads it', (t) => {
    const name = newName();
    const section = kernel.createSection(name, 4096).section;
    const reader = keep(t, kernel.openSection(name, 'read'));
    section.storeU32(0, 7);
    section.close();
    assert.equal(reader.loadU32(0), 7);
    if (kernel.platform === 'kernel32') reader.close();
    for (const use of ['read', 'write'] as const) {
      assert.equal(
        code(() => kernel.openSection(name, use)),
        ERROR.FILE_NOT_FOUND,
      );
    }
    const again = kernel.createSection(name, 4096);
    keep(t, again.section);
    assert.deepEqual([again.existed, again.section.loadU32(0)], [false, 0]);
    if (kernel.platform !== 'kernel32') {
      assert.equal(
        code(() => reader.check()),
        ERROR.FILE_INVALID,
      );
      assert.deepEqual([reader.loadU32(0), reader.isHeldByOthers()], [7, false]);
    }
    reader.close();
    for (const use of [() => reader.loadU32(0), () => reader.rights, () => reader.isHeldByOthers()]) {
      assert.throws(use, /closed/);
    }
  });

  test('and both events are looked at with the rights to read and to ask, and no others', (t) => {
    const [section, event] = [newName(), newName()];
    makeSection(t, section);
    makeEvent(t, event);
    const before = handleRights();
    const opened = [keep(t, kernel.openSection(section, 'read')), keep(t, kernel.openEventState(event))];
    const FILE_MAP_READ = 0x4;
    const EVENT_QUERY_STATE = 0x1;
    assert.deepEqual(
      opened.map(({ rights }) => rights),
      [FILE_MAP_READ, EVENT_QUERY_STATE],
    );
    const added = [...handleRights()].filter(([handle]) => !before.has(handle)).map(([, rights]) => rights);
    // On Windows the third one is the event that counts the section's onlookers.
    const expected =
      kernel.platform === 'kernel32' ? [EVENT_QUERY_STATE, EVENT_QUERY_STATE, FILE_MAP_READ] : [READ_ONLY, READ_ONLY];
    assert.deepEqual(added.sort(), expected);
  });

  test('refuses every access that is not within its extent, and writes nothing then', (t) => {
    const section = makeSection(t);
    const end = section.extent;
    const four = Buffer.from([1, 2, 3, 4]);
    for (const offset of [end - 3, end, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      assert.throws(() => section.write(offset, four), RangeError, `write at ${offset}`);
      assert.throws(() => section.read(offset, four), RangeError, `read at ${offset}`);
      assert.throws(() => section.fill(offset, 4, 1), RangeError, `fill at ${offset}`);
      assert.throws(() => section.loadU32(offset), RangeError, `load at ${offset}`);
      assert.throws(() => section.storeU32(offset, 1), RangeError, `store at ${offset}`);
    }
    assert.throws(() => section.fill(0, -1, 1), RangeError);
    assert.throws(() => section.loadU32(2), RangeError, 'a load that is not aligned');
    assert.deepEqual(bytes(section), Buffer.alloc(end));
  });

  test('copies exactly the bytes asked for, also from and to a part of a buffer', (t) => {
    const section = makeSection(t);
    section.write(section.extent - 2, Buffer.from('abcdef').subarray(2, 4));
    const target = Buffer.from('......');
    section.read(section.extent - 2, target.subarray(3, 5));
    assert.equal(target.toString(), '...cd.');
    section.write(0, new Uint8Array(0));
    section.read(section.extent, new Uint8Array(0));
    assert.equal(bytes(section, 0, section.extent - 2).some(Boolean), false);
  });

  test('copies as many bytes as there are, however many, also to memory that stays where it is', (t) => {
    const section = makeSection(t);
    for (const length of [1, 24, 1023, 1024, 1025, 3000]) {
      const sent = Uint8Array.from({ length }, (_, at) => (at * 7 + length) % 256);
      section.fill(0, section.extent, 0xee);
      section.write(8, sent);
      assert.deepEqual([...bytes(section, 7, 1), ...bytes(section, 8 + length, 1)], [0xee, 0xee]);
      const whole = pinned(4000);
      const part = pinned(whole.buffer, length);
      for (const target of [new Uint8Array(length), pinned(length), part]) {
        section.read(8, target);
        assert.deepEqual(target, sent);
      }
      assert.equal(whole.subarray(length).some(Boolean), false);
    }
  });

  test('loads and stores 32 bits, little-endian, and fills a range', (t) => {
    const section = makeSection(t);
    section.fill(4, 5, 0xab);
    section.storeU32(4, 0xfedc_ba98);
    assert.equal(section.loadU32(4), 0xfedc_ba98);
    assert.deepEqual([...bytes(section, 3, 7)], [0, 0x98, 0xba, 0xdc, 0xfe, 0xab, 0]);
  });

  test('lives until its last holder closes it; then its name is free', () => {
    const name = newName();
    const first = kernel.createSection(name, 4096).section;
    const second = kernel.openSection(name, 'write');
    first.close();
    kernel.openSection(name, 'write').close();
    second.close();
    assert.equal(
      code(() => kernel.openSection(name, 'write')),
      ERROR.FILE_NOT_FOUND,
    );
    const again = kernel.createSection(name, 4096);
    again.section.close();
    assert.equal(again.existed, false);
  });

  test('can be closed twice; any other use after it throws', () => {
    const { section } = kernel.createSection(newName(), 4096);
    section.close();
    section.close();
    const uses = [
      () => section.loadU32(0),
      () => section.storeU32(0, 1),
      () => section.read(0, new Uint8Array(1)),
      () => section.write(0, new Uint8Array(1)),
      () => section.fill(0, 1, 1),
    ];
    for (const use of uses) assert.throws(use, /closed/);
  });

  test('of no size, or of more than the machine has, is refused, and its name stays free', () => {
    const name = newName();
    for (const size of [0, -1, 1.5, Number.NaN]) {
      assert.equal(
        code(() => kernel.createSection(name, size)),
        ERROR.INVALID_PARAMETER,
      );
    }
    const full: number[] = [ERROR.NOT_ENOUGH_MEMORY, ERROR.DISK_FULL, ERROR.COMMITMENT_LIMIT];
    const huge = code(() => kernel.createSection(name, 2 ** 46));
    assert.ok(full.includes(huge), `code ${huge}`);
    assert.equal(
      code(() => kernel.openSection(name, 'write')),
      ERROR.FILE_NOT_FOUND,
    );
  });

  test('made by several threads at once is new to exactly one of them', async (t) => {
    const go = makeEvent(t);
    const section = newName();
    const order: Order = { role: 'create', section, token: go.token };
    const threads = await Promise.all([1, 2, 3, 4].map(() => startThread(t, order)));
    const answers = threads.map((thread) => once(thread, 'message'));
    go.set();
    const existed = (await Promise.all(answers)).flat();
    assert.deepEqual(existed.sort(), [false, true, true, true]);
    await Promise.all(
      threads.map((thread) => {
        thread.postMessage('end');
        return once(thread, 'exit');
      }),
    );
    assert.equal(
      code(() => kernel.openSection(section, 'write')),
      ERROR.FILE_NOT_FOUND,
    );
  });
});

describe('a name', () => {
  test('that nothing has is error 2', () => {
    assert.equal(
      code(() => kernel.openSection(newName(), 'write')),
      ERROR.FILE_NOT_FOUND,
    );
    assert.equal(
      code(() => kernel.openEvent(newName())),
      ERROR.FILE_NOT_FOUND,
    );
    assert.equal(
      code(() => kernel.openSection(newName(), 'read')),
      ERROR.FILE_NOT_FOUND,
    );
    assert.equal(
      code(() => kernel.openEventState(newName())),
      ERROR.FILE_NOT_FOUND,
    );
  });

  test('of the other kind of object is error 6, to open and to create', (t) => {
    const [section, event] = [newName(), newName()];
    makeSection(t, section);
    makeEvent(t, event);
    for (const refused of [
      () => kernel.openEvent(section),
      () => kernel.createEvent(section),
      () => kernel.openEventState(section),
      () => kernel.openSection(event, 'write'),
      () => kernel.openSection(event, 'read'),
      () => kernel.createSection(event, 4096),
    ]) {
      assert.equal(code(refused), ERROR.INVALID_HANDLE);
    }
  });

  test('is the same with and without Local\\, and another in another case', (t) => {
    const name = newName();
    makeEvent(t, name);
    keep(t, kernel.openEvent(name.replace('Local\\', '')));
    assert.equal(
      code(() => kernel.openEvent(name.replace('contract', 'CONTRACT'))),
      ERROR.FILE_NOT_FOUND,
    );
  });

  test('that is empty, holds a NUL or a further backslash, or is too long is refused with its code', () => {
    const refused: [string, number][] = [
      ['', ERROR.INVALID_NAME],
      ['Local\\', ERROR.INVALID_NAME],
      ['Local\\a\0b', ERROR.INVALID_NAME],
      ['Local\\nowhere\\a', ERROR.PATH_NOT_FOUND],
      ['nowhere\\a', ERROR.PATH_NOT_FOUND],
      [`Local\\${'x'.repeat(40_000)}`, ERROR.FILENAME_EXCED_RANGE],
    ];
    for (const [name, expected] of refused) {
      const calls = [
        () => kernel.createSection(name, 4096),
        () => kernel.openSection(name, 'write'),
        () => kernel.openSection(name, 'read'),
        () => kernel.createEvent(name),
        () => kernel.openEvent(name),
        () => kernel.openEventState(name),
      ];
      for (const call of calls) assert.equal(code(call), expected, `${call} with ${name.slice(0, 40)}`);
    }
  });

  test('stands in the error, with the call, the code and the sentence of the system', () => {
    const error = refusal(() => kernel.openSection('Local\\no such section', 'write'));
    assert.equal(error.object, 'Local\\no such section');
    assert.equal(error.code, 2);
    assert.match(error.call, kernel.platform === 'kernel32' ? /^OpenFileMappingW$/ : /^open$/);
    assert.match(error.systemMessage, /\w[^.\n]$/);
    assert.equal(error.message, `${error.call} "Local\\no such section": ${error.systemMessage} (2)`);
  });
});

describe('an event', () => {
  test('is not signalled when new, and once when it was set twice', (t) => {
    const event = makeEvent(t, newName());
    assert.equal(isSet(event), false);
    event.set();
    event.set();
    assert.deepEqual([isSet(event), isSet(event)], [true, false]);
  });

  test('is of the kind that a wait resets, whoever made it and however it was come by', (t) => {
    const name = newName();
    const unnamed = makeEvent(t);
    const events = [unnamed, makeEvent(t, name), makeEvent(t, name), keep(t, kernel.openEvent(name))];
    const attached = keep(t, kernel.attachEvent(unnamed.token));
    assert.deepEqual(
      [...events, attached].map(({ reset }) => reset),
      Array(5).fill('auto'),
    );
  });

  test('tells its state to who only asks for it, and keeps its signal for who waits', (t) => {
    const name = newName();
    const event = makeEvent(t, name);
    const state = keep(t, kernel.openEventState(name));
    assert.equal(state.signalled(), false);
    event.set();
    assert.deepEqual([state.signalled(), state.signalled()], [true, true]);
    assert.deepEqual([isSet(event), state.signalled(), isSet(event)], [true, false, false]);
    assert.equal(state.reset, 'auto');
    state.check();
    state.close();
    state.close();
    for (const use of [() => state.signalled(), () => state.check()]) assert.throws(use, /closed/);
  });

  test('made a second time is told to have existed, and is the same event', (t) => {
    const name = newName();
    const first = makeEvent(t, name);
    const { event, existed } = kernel.createEvent(name);
    keep(t, event).set();
    assert.equal(existed, true);
    assert.equal(isSet(first), true);
  });

  test('of several that are set, the lowest index is taken and the others stay set', (t) => {
    const events = [makeEvent(t), makeEvent(t, newName()), makeEvent(t), makeEvent(t, newName())];
    events[3]?.set();
    events[1]?.set();
    const answers = [1, 2, 3].map(() => kernel.waitAny(events, 0));
    assert.deepEqual(answers, [1, 3, -1]);
  });

  test('that is never set ends the wait by its timeout', (t) => {
    const event = makeEvent(t, newName());
    const start = performance.now();
    assert.equal(kernel.waitAny([event], 100), -1);
    const took = performance.now() - start;
    assert.ok(took >= 100 && took < 2000, `${took} ms`);
  });

  test('is waited for with up to 63 others, and for a time that ends', (t) => {
    const events = Array.from({ length: 64 }, () => makeEvent(t));
    events[63]?.set();
    assert.equal(kernel.waitAny(events, 0), 63);
    for (const wrong of [[], [...events, makeEvent(t)]]) assert.throws(() => kernel.waitAny(wrong, 0), RangeError);
    for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY, 0xffff_ffff]) {
      assert.throws(() => kernel.waitAny(events, wrong), RangeError, `${wrong} ms`);
    }
  });

  test('that is never set is waited for no less than the time given, and hardly longer', (t) => {
    const events = [makeEvent(t), makeEvent(t)];
    /**
     * The tenth that ended soonest: a busy machine makes most waits late, a clock that ticks too slowly makes all but
     * the first late.
     */
    const soonest = (ms: number): number[] => {
      const late = Array.from({ length: ms < 5 ? 100 : 20 }, () => {
        const start = performance.now();
        assert.equal(kernel.waitAny(events, ms), -1);
        return performance.now() - start - ms;
      });
      late.sort((a, b) => a - b);
      return late.slice(0, Math.floor(late.length / 10) + 1);
    };
    // A machine may be busy for a whole series of waits, but not for each of many.
    const SERIES = 20;
    for (const ms of [0.2, 0.5, 1, 2.5, 17.25, 40]) {
      let promised = Infinity;
      for (let series = 0; series < SERIES && promised > kernel.resolutionMs; series++) {
        const late = soonest(ms);
        assert.ok((late[0] as number) >= 0, `${late[0]} ms after a wait of ${ms} ms`);
        promised = Math.min(promised, late.at(-1) as number);
      }
      assert.ok(promised <= kernel.resolutionMs, `${promised} ms late after a wait of ${ms} ms`);
    }
  });

  test('that is set ends a short wait too, among others and among as many as can be waited for', (t) => {
    const events = Array.from({ length: 64 }, () => makeEvent(t));
    for (const few of [events.slice(0, 1), events.slice(0, 2), events]) {
      few.at(-1)?.set();
      assert.deepEqual([kernel.waitAny(few, 2.5), kernel.waitAny(few, 0.5)], [few.length - 1, -1]);
    }
  });

  test('can be waited for after the clock was closed, however often', (t) => {
    const event = makeEvent(t);
    kernel.waitAny([event], 0.5);
    kernel.clock().close();
    const before = openHandles();
    for (let round = 0; round < 50; round++) {
      assert.equal(kernel.waitAny([event], 0.1), -1);
      kernel.clock().close();
      kernel.clock().close();
    }
    assert.ok(openHandles() - before < 5, `${openHandles() - before} handles more`);
  });

  test('can be closed twice; any other use after it throws', () => {
    const { event } = kernel.createEvent(newName());
    event.close();
    event.close();
    for (const use of [() => event.set(), () => event.token, () => kernel.waitAny([event], 0)]) {
      assert.throws(use, /closed/);
    }
  });

  test('without a name wakes a wait in another thread', async (t) => {
    const event = makeEvent(t);
    const thread = await startThread(t, { role: 'wait', token: event.token, timeoutMs: PATIENCE_MS });
    const answer = once(thread, 'message');
    event.set();
    assert.deepEqual(await answer, [0]);
    assert.equal(isSet(event), false);
  });

  test('wakes one of two waiting threads', async (t) => {
    const event = makeEvent(t);
    const order: Order = { role: 'wait', token: event.token, timeoutMs: 1000 };
    const threads = await Promise.all([startThread(t, order), startThread(t, order)]);
    const answers = threads.map((thread) => once(thread, 'message'));
    event.set();
    assert.deepEqual((await Promise.all(answers)).flat().sort(), [-1, 0]);
  });

  test('attached by its token and the original are closed each on its own', () => {
    const original = kernel.createEvent(null).event;
    const attached = kernel.attachEvent(original.token);
    kernel.attachEvent(original.token).close();
    original.set();
    assert.equal(isSet(attached), true);
    original.close();
    attached.set();
    assert.equal(isSet(attached), true);
    attached.close();
  });

  test('cannot be attached by a token of nothing', () => {
    const { event } = kernel.createEvent(null);
    const { token } = event;
    event.close();
    assert.equal(
      code(() => kernel.attachEvent(token)),
      ERROR.INVALID_HANDLE,
    );
  });
});

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

test('10,000 times opened and closed leaves no handle', (t) => {
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
  for (let round = 0; round < 10_000; round++) cycle();
  const more = openHandles() - before - 1;
  assert.ok(more < 10, `${more} handles more`); // A few of the runtime's own come and go; a leak would be thousands.
});

/** How many handles (file descriptors) this process has open. */
function openHandles(): number {
  if (kernel.platform === 'kernel32') return windowsHandles().length;
  return readdirSync(process.platform === 'linux' ? '/proc/self/fd' : '/dev/fd').length;
}

const READ_ONLY = 0;

/** The handles of this process with their access masks; on POSIX those of objects, with how they are open. */
function handleRights(): Map<string, number> {
  if (kernel.platform === 'kernel32')
    return new Map(windowsHandles().map(({ handle, access }) => [`${handle}`, access]));
  const O_ACCMODE = 3;
  const inRuntime = readdirSync('/proc/self/fd').filter((fd) => targetOf(fd).startsWith(`${directory}/run/`));
  return new Map(
    inRuntime.map((fd) => {
      const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '';
      return [fd, Number.parseInt(flags, 8) & O_ACCMODE];
    }),
  );
}

function targetOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return ''; // That of the listing itself is gone.
  }
}

/** By the system's handle table, 64-bit: Wine's GetProcessHandleCount always answers 0. */
function windowsHandles(): { handle: bigint; access: number }[] {
  const SYSTEM_EXTENDED_HANDLE_INFORMATION = 64;
  const [headerSize, entrySize, pidOffset, handleOffset, accessOffset] = [16, 40, 8, 16, 24];
  const NtQuerySystemInformation = koffi
    .load('ntdll.dll')
    .func('int __stdcall NtQuerySystemInformation(int kind, void *table, uint32_t size, void *needed)');
  const table = Buffer.alloc(64 << 20);
  assert.equal(NtQuerySystemInformation(SYSTEM_EXTENDED_HANDLE_INFORMATION, table, table.length, null), 0);
  const entries = Array.from(
    { length: Number(table.readBigUInt64LE(0)) },
    (_, index) => headerSize + index * entrySize,
  );
  return entries
    .filter((entry) => table.readBigUInt64LE(entry + pidOffset) === BigInt(process.pid))
    .map((entry) => ({
      handle: table.readBigUInt64LE(entry + handleOffset),
      access: table.readUInt32LE(entry + accessOffset),
    }));
}
