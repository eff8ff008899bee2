/**
 * Rules for every adapter of the kernel port: sections, and the names of objects. Runs on each of them with Node's own
 * test runner, by `node src/main/kernel/section.contract.ts`, and by the Windows Node.js in Wine.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import {
  bytes,
  code,
  keep,
  kernel,
  makeEvent,
  makeSection,
  newName,
  refusal,
  startThread,
} from './contract.testing.ts';
import { handleRights, READ_ONLY } from './contract-handles.testing.ts';
import type { Order } from './kernel.contract-peer.ts';
import { ERROR } from './kernel.ts';
import { pinned } from './pinned.ts';

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

  test('that another thread has open is compared through its view, within its extent', (t) => {
    const section = makeSection(t, newName());
    const view = kernel.attachView(section.lease);
    const wanted = pinned(5);
    wanted.set(Buffer.from('later'));
    assert.equal(view.holds(8, wanted), false);
    section.write(8, wanted);
    assert.deepEqual([view.holds(8, wanted), view.holds(9, wanted)], [true, false]);
    for (const offset of [-1, section.extent - 4]) assert.throws(() => view.holds(offset, wanted), RangeError);
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
    // On Windows the third one is the event that counts the section's taps.
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
