import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ERROR, type Section } from './kernel.ts';
import { posixDirectory } from './posix/directory.ts';
import { mkfifo } from './posix/libc.ts';
import { posix } from './posix.ts';

let parent: string;
let directory: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'shmscope-posix-'));
  directory = join(parent, 'run');
  process.env.SHMSCOPE_RUNTIME_DIR = directory;
});

afterEach(() => {
  delete process.env.SHMSCOPE_RUNTIME_DIR;
  rmSync(parent, { recursive: true });
});

const files = () => readdirSync(directory).sort();
const mode = (path: string) => statSync(path).mode & 0o777;
const refused = (code: number, why: RegExp) =>
  expect.objectContaining({ name: 'KernelError', code, systemMessage: expect.stringMatching(why) });

describe('the runtime directory', () => {
  test('is made for its owner alone, as are the files in it', () => {
    const { section } = posix.createSection('S', 1);
    const { event } = posix.createEvent('E');
    expect(mode(directory)).toBe(0o700);
    expect(files()).toEqual(['.lock', 'L.E', 'L.S']);
    for (const file of files()) expect(mode(join(directory, file))).toBe(0o600);
    section.close();
    event.close();
  });

  test('is refused when it is a symbolic link', () => {
    mkdirSync(join(parent, 'elsewhere'), { mode: 0o700 });
    symlinkSync(join(parent, 'elsewhere'), directory);
    expect(() => posix.createEvent('E')).toThrow(refused(ERROR.ACCESS_DENIED, /symbolic link/));
    expect(readdirSync(join(parent, 'elsewhere'))).toEqual([]);
  });

  test.each([0o710, 0o740, 0o701, 0o777])('is refused when its mode is %o', (open) => {
    mkdirSync(directory);
    chmodSync(directory, open);
    expect(() => posix.openSection('S', 'write')).toThrow(refused(ERROR.ACCESS_DENIED, /chmod 700/));
  });

  test('is refused when its lock is no file, and the reason names it', () => {
    mkdirSync(join(directory, '.lock'), { recursive: true });
    chmodSync(directory, 0o700);
    const why = expect.objectContaining({
      call: 'lock',
      object: directory,
      systemMessage: expect.stringMatching(/\.lock/),
    });
    for (const use of [() => posix.createEvent('E'), () => posix.openSection('S', 'read')]) expect(use).toThrow(why);
  });

  test('that is a link to nowhere is not taken for an empty one', () => {
    symlinkSync(join(parent, 'nowhere'), directory);
    const { objects, unseen } = posixDirectory.list();
    expect([objects, unseen.map(({ reason }) => reason)]).toEqual([[], [expect.stringContaining('symbolic link')]]);
  });

  test('is refused when it is a file', () => {
    writeFileSync(directory, '');
    expect(() => posix.createEvent(null)).toThrow(refused(ERROR.ACCESS_DENIED, /not a directory/));
  });

  test('is refused when the folder to make it in is missing', () => {
    process.env.SHMSCOPE_RUNTIME_DIR = join(parent, 'no', 'run');
    expect(() => posix.createEvent('E')).toThrow(refused(ERROR.PATH_NOT_FOUND, /missing/));
  });

  test.runIf(process.geteuid?.() === 0)('is refused when it belongs to another user', () => {
    mkdirSync(directory, { mode: 0o700 });
    chownSync(directory, 12345, 12345);
    expect(() => posix.createEvent('E')).toThrow(refused(ERROR.ACCESS_DENIED, /user 12345/));
  });

  test('holds nothing but the lock once all is closed', () => {
    const unnamed = posix.createEvent(null).event;
    expect(files()).toEqual(['.lock']);
    const objects = [
      posix.createSection('S', 1).section,
      posix.createEvent('E').event,
      posix.openSection('S', 'write'),
      unnamed,
    ];
    for (const object of objects) object.close();
    expect(files()).toEqual(['.lock']);
  });

  test('may vanish under an object, which can still be closed', () => {
    const { section } = posix.createSection('S', 1);
    rmSync(directory, { recursive: true });
    section.close();
    expect(() => section.loadU32(0)).toThrow(/closed/);
  });
});

describe('what a crash left', () => {
  beforeEach(() => {
    mkdirSync(directory, { mode: 0o700 });
    writeFileSync(join(directory, 'L.Old'), 'stale bytes', { mode: 0o600 });
    mkfifo(join(directory, '.unnamed'), 0o600);
  });

  test('is not there for an open, which removes it', () => {
    expect(() => posix.openSection('Old', 'write')).toThrow(refused(ERROR.FILE_NOT_FOUND, /holds/));
    expect(files()).not.toContain('L.Old');
  });

  test('is not there for who only looks, who leaves it alone', () => {
    expect(() => posix.openSection('Old', 'read')).toThrow(refused(ERROR.FILE_NOT_FOUND, /holds/));
    expect(() => posix.openEventState('Old')).toThrow(refused(ERROR.FILE_NOT_FOUND, /holds/));
    expect(files()).toContain('L.Old');
  });

  test('is made again by a create of its kind', () => {
    const { section, existed } = posix.createSection('Old', 16);
    expect([existed, section.loadU32(0)]).toEqual([false, 0]);
    section.close();
  });

  test('is replaced by a create of the other kind', () => {
    const { event, existed } = posix.createEvent('Old');
    expect(existed).toBe(false);
    expect(posix.waitAny([event], 0)).toBe(-1);
    event.close();
  });

  test('of an event without a name is not in the way of the next', () => {
    posix.createEvent(null).event.close();
    expect(files()).toEqual(['.lock', 'L.Old']);
  });

  test('is left alone when it is a symbolic link', () => {
    writeFileSync(join(parent, 'target'), 'kept');
    symlinkSync(join(parent, 'target'), join(directory, 'L.Link'));
    expect(() => posix.createSection('Link', 16)).toThrow(refused(ERROR.INVALID_HANDLE, /symbolic/i));
  });
});

test('a socket in the place of an object is an object of another kind', async () => {
  mkdirSync(directory, { mode: 0o700 });
  const server = createServer().listen(join(directory, 'L.S'));
  await once(server, 'listening');
  for (const use of [() => posix.openSection('S', 'read'), () => posix.createEvent('S')])
    expect(use).toThrow(refused(ERROR.INVALID_HANDLE, /./));
  server.close();
});

describe('a file name', () => {
  const made = (name: string) => {
    const { event } = posix.createEvent(name);
    const file = files().find((entry) => entry !== '.lock');
    event.close();
    return file;
  };

  test.each([
    ['Local\\A-z_09', 'L.A-z_09'],
    ['A-z_09', 'L.A-z_09'],
    ['Global\\A', 'G.A'],
    ['../a.b', 'L.%2E%2E%2Fa%2Eb'],
    ['ü €\n', 'L.%C3%BC%20%E2%82%AC%0A'],
    ['x'.repeat(253), `L.${'x'.repeat(253)}`],
  ])('of %j is %s', (name, file) => expect(made(name)).toBe(file));

  test('over 255 bytes is refused', () => {
    expect(() => posix.createEvent('x'.repeat(254))).toThrow(refused(ERROR.FILENAME_EXCED_RANGE, /256 bytes/));
    expect(() => posix.createEvent('€'.repeat(29))).toThrow(refused(ERROR.FILENAME_EXCED_RANGE, /too long/));
  });

  test('of half a surrogate pair is refused', () => {
    expect(() => posix.createEvent('a\ud800')).toThrow(refused(ERROR.INVALID_NAME, /surrogate/));
  });
});

test('a section is unmapped when it is closed', { skip: process.platform !== 'linux' }, () => {
  const isMapped = () => readFileSync('/proc/self/maps', 'utf8').includes(directory);
  const { section } = posix.createSection('S', 1);
  expect(isMapped()).toBe(true);
  section.close();
  expect(isMapped()).toBe(false);
});

describe('the file of an open section', { skip: process.platform !== 'linux' }, () => {
  const SIZE = 40_000;
  const file = () => join(directory, 'L.S');
  const lost = (why: RegExp) => refused(ERROR.FILE_INVALID, why);
  const uses = (section: Section, offset: number) => [
    () => section.loadU32(offset),
    () => section.storeU32(offset, 1),
    () => section.read(offset, new Uint8Array(8)),
    () => section.write(offset, new Uint8Array(8)),
    () => section.fill(offset, 8, 1),
  ];
  /** Each test's own, because only the first access that meets the loss counts. */
  const eachUse = ['load', 'store', 'read', 'write', 'fill'].map((what, index) => [what, index] as const);

  test.each(eachUse)('may be emptied under it: a %s throws, and another section goes on', (_, use) => {
    const [{ section }, { section: other }] = [posix.createSection('S', SIZE), posix.createSection('Other', SIZE)];
    section.storeU32(0, 7);
    other.storeU32(0, 8);
    truncateSync(file(), 0);
    expect(uses(section, 8)[use]).toThrow(lost(/0 of 40,000 bytes are left/));
    for (const later of [...uses(section, 0), () => section.check()]) expect(later).toThrow(lost(/truncated/));
    expect([other.loadU32(0), statSync(file()).size]).toEqual([8, 0]);
    other.check();
    section.close();
    other.close();
    expect(files()).toEqual(['.lock']);
  });

  test('may be truncated behind what is used: a look tells, an access beyond it throws', () => {
    const { section } = posix.createSection('S', SIZE);
    section.storeU32(0, 7);
    truncateSync(file(), 4096);
    expect(section.loadU32(0)).toBe(7);
    expect(() => section.check()).toThrow(lost(/4,096 of 40,000 bytes are left/));
    expect(() => section.read(0, new Uint8Array(8192))).toThrow(lost(/truncated/));
    section.close();
  });

  test('may be truncated for a moment: what was lost meanwhile is not taken for zeros', () => {
    const { section } = posix.createSection('S', SIZE);
    truncateSync(file(), 0);
    expect(() => section.loadU32(0)).toThrow();
    truncateSync(file(), SIZE);
    expect(() => section.loadU32(0)).toThrow(lost(/briefly truncated/));
    section.close();
  });

  test.each([
    ['removed', () => rmSync(file())],
    ['replaced', () => renameSync(file(), join(directory, 'elsewhere'))],
  ])('may be %s: a look tells', (_, lose) => {
    const { section } = posix.createSection('S', SIZE);
    section.check();
    lose();
    writeFileSync(file(), 'of somebody else');
    rmSync(join(directory, 'elsewhere'), { force: true });
    expect(() => section.check()).toThrow(lost(/removed or replaced/));
    section.close();
  });

  test('may be gone for a thread that is not the first', async () => {
    posix.createSection('S', SIZE);
    const thread = new Worker(new URL('./lost-section.testing.ts', import.meta.url));
    await once(thread, 'message');
    truncateSync(file(), 0);
    const answer = once(thread, 'message');
    thread.postMessage('use it');
    expect(await answer).toEqual([[ERROR.FILE_INVALID]]);
  });

  test.runIf(process.geteuid?.() === 0)("may have holes that a full file system can't fill", () => {
    mkdirSync(directory, { mode: 0o700 });
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=700', 'shmscope', directory]).status).toBe(0);
    try {
      const { section } = posix.createSection('S', 4096);
      truncateSync(file(), 32_768);
      const sparse = posix.openSection('S', 'write');
      writeFileSync(join(directory, 'filler'), Buffer.alloc(60 << 10));
      expect(() => sparse.storeU32(16_384, 1)).toThrow(lost(/file system is full/));
      section.storeU32(0, 1);
      section.close();
      sparse.close();
    } finally {
      spawnSync('umount', ['--lazy', directory]);
    }
  });

  test('is not what every SIGBUS is about: another ends the process as ever', () => {
    const script = `
      const { posix } = await import(${JSON.stringify(new URL('./posix.ts', import.meta.url).href)});
      posix.createSection('S', 1);
      process.kill(process.pid, 'SIGBUS');
      setTimeout(() => {}, 5000);`;
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
    expect(signal).toBe('SIGBUS');
  });
});

test('the FIFO of an event may be removed: who only looks at its state is told so, and finds it not signalled', () => {
  const { event } = posix.createEvent('E');
  const state = posix.openEventState('E');
  event.set();
  expect(state.signalled()).toBe(true);
  expect(posix.waitAny([event], 0)).toBe(0);
  event.close();
  expect(() => state.check()).toThrow(refused(ERROR.FILE_INVALID, /removed or replaced/));
  expect(state.signalled()).toBe(false);
  state.close();
  expect(files()).toEqual(['.lock']);
});

test('the FIFO of an open event may be removed: a look tells, one without a name has none to lose', () => {
  const [{ event }, unnamed] = [posix.createEvent('E'), posix.createEvent(null).event];
  for (const whole of [event, unnamed]) whole.check();
  rmSync(join(directory, 'L.E'));
  expect(() => event.check()).toThrow(refused(ERROR.FILE_INVALID, /removed or replaced/));
  event.set();
  expect(posix.waitAny([event], 0)).toBe(0);
  unnamed.check();
  for (const object of [event, unnamed]) object.close();
});

test('a section that the file system has no room for in the end is refused and leaves no file', () => {
  const script = `
    const { posix } = await import(${JSON.stringify(new URL('./posix.ts', import.meta.url).href)});
    try { posix.createSection('S', 1 << 20) } catch (error) { console.log(error.call, error.code) }`;
  const limited = 'trap "" XFSZ; ulimit -f 64; exec "$0" --input-type=module -e "$1"';
  const { stdout } = spawnSync('sh', ['-c', limited, process.execPath, script], { encoding: 'utf8' });
  expect(stdout).toBe(`write ${ERROR.DISK_FULL}\n`);
  expect(files()).toEqual(['.lock']);
});

test('an object is for the same user alone: any other access is refused and leaves no file', () => {
  posix.createSection('S', 1, 'user').section.close();
  for (const access of ['session', 'machine', 'D:(A;;GA;;;WD)']) {
    for (const call of [() => posix.createSection('S', 1, access), () => posix.createEvent('E', access)]) {
      expect(call).toThrow(refused(ERROR.NOT_SUPPORTED, /only the same user/));
    }
  }
  expect(files()).toEqual(['.lock']);
});

test('an event is set once, however often it was set and by how many', () => {
  const { event } = posix.createEvent('E');
  for (let count = 0; count < 200; count++) event.set();
  writeFileSync(join(directory, 'L.E'), 'two setters at once');
  expect([posix.waitAny([event], 0), posix.waitAny([event], 0)]).toEqual([0, -1]);
  event.close();
});

test('a wait that signals interrupt lasts its time, no less and no more', async () => {
  const { event } = posix.createEvent(null);
  const ignore = () => {};
  process.on('SIGWINCH', ignore);
  const killer = `i=0; while [ $i -lt 25 ]; do kill -WINCH ${process.pid}; sleep 0.01; i=$((i + 1)); done`;
  const shell = spawn('sh', ['-c', killer]);
  const start = performance.now();
  expect(posix.waitAny([event], 300)).toBe(-1);
  const took = performance.now() - start;
  expect(took).toBeGreaterThanOrEqual(299);
  expect(took).toBeLessThan(500);
  await once(shell, 'exit');
  process.off('SIGWINCH', ignore);
  event.close();
});
