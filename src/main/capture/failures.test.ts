import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { type Capture, openCapture } from './capture.ts';
import { openForReading } from './store/open-file.ts';
import { CHUNK_BYTES } from './store/schema.ts';
import {
  batchOf,
  changed,
  closed,
  committed,
  everything,
  post,
  sessionOf,
  taggedPayload,
  temporaryDisk,
  temporaryFolder,
  usedBytes,
  workerPath,
} from './testing.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function held<T extends { remove(): void }>(thing: T): T {
  undo.push(() => thing.remove());
  return thing;
}

async function open(folder: string, path = workerPath): Promise<Capture> {
  const capture = await openCapture({ folder, workerPath: path });
  undo.push(() => capture.close());
  return capture;
}

const SIZE = 4096;

/** Records `from` to `to` of session 1, ten per batch. */
function postRecords(port: ReturnType<Capture['connect']>, from: number, to: number) {
  for (let seq = from; seq < to; seq += 10)
    post(
      port,
      batchOf(
        1,
        seq,
        Array.from({ length: 10 }, (_, i) => ({ bytes: taggedPayload(1, seq + i, SIZE) })),
      ),
    );
}

/** Every record once, in order, byte for byte. */
async function expectWhole(capture: Capture, records: number) {
  const { total, rows } = await capture.rows({ session: 1, filter: everything, from: 0, count: 1000 });
  expect(total).toBe(records);
  expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: records }, (_, seq) => seq));
  for (const { seq } of rows)
    expect(await capture.payload({ session: 1, seq, offset: 0, length: SIZE })).toEqual(taggedPayload(1, seq, SIZE));
}

const stopped = (capture: Capture) => changed(capture, () => capture.state.state === 'stopped');

describe('while the disk is full', () => {
  test('capturing is stopped with reason and cure, nothing is acknowledged, and with room it goes on by itself', async () => {
    const disk = held(temporaryDisk('size=2m'));
    const capture = await open(disk.path);
    const port = capture.connect(sessionOf(1));
    const acknowledged: number[] = [];
    port.on('message', (reply) => acknowledged.push(reply.committed));
    postRecords(port, 0, 800);
    await stopped(capture);
    await changed(
      capture,
      () => capture.state.state === 'stopped' && capture.committed(1) + capture.state.pending === 800,
    );
    expect(capture.state).toMatchObject({
      reason: expect.stringMatching(/the disk is full .*Free some space there\./),
    });
    expect(capture.state).toMatchObject({ reason: expect.stringContaining(capture.file) });
    expect(acknowledged.at(-1) ?? 0).toBe(capture.committed(1));
    await expect(capture.close()).rejects.toMatchObject({ code: 'capture-failed' });

    const done = committed(port, 800);
    disk.resize('64m');
    await done;
    await changed(capture, () => capture.state.state === 'capturing');
    await expectWhole(capture, 800);
  });

  test('retention removes whole records or none; with room it goes on, and what it left is whole', async () => {
    const disk = held(temporaryDisk('size=2m'));
    const capture = await open(disk.path);
    const port = capture.connect(sessionOf(1));
    postRecords(port, 0, 800);
    await stopped(capture);
    await capture.keepWithin({ maxBytes: 1024 * 1024, oldest: null });
    const rows = (from: number, count: number) => capture.rows({ session: 1, filter: everything, from, count });
    const done = committed(port, 800);
    disk.resize('64m');
    await done;
    const db = new DatabaseSync(capture.file, { readOnly: true });
    undo.push(() => db.close());
    await expect.poll(() => usedBytes(db)).toBeLessThanOrEqual(1024 * 1024);
    expect(usedBytes(db)).toBeGreaterThan(1024 * 1024 - 2 * CHUNK_BYTES);

    const { total, records, rows: left } = await rows(0, 1000);
    const first = 800 - (total - 1);
    expect([records, capture.state.state]).toEqual([800, 'capturing']);
    expect(left.map(({ seq }) => seq)).toEqual([first - 1, ...Array.from({ length: total - 1 }, (_, i) => first + i)]);
    expect(left[0]?.detail).toContain(`${first} records were removed by retention`);
    for (const { seq } of left.slice(1))
      expect(await capture.payload({ session: 1, seq, offset: 0, length: SIZE })).toEqual(taggedPayload(1, seq, SIZE));
  });

  test('a capture ends, and what there was no room to move is read from where it is', async () => {
    const disk = held(temporaryDisk('size=3m'));
    const capture = await open(disk.path);
    const port = capture.connect(sessionOf(1));
    const done = committed(port, 400);
    postRecords(port, 0, 400);
    await done;
    await capture.close();
    const { db } = openForReading(capture.file);
    expect(db.prepare('SELECT count(*) AS n FROM record').get()).toEqual({ n: 400 });
    db.close();
  });

  test('no capture begins, and none is left behind', async () => {
    const disk = held(temporaryDisk('size=8k'));
    await expect(openCapture({ folder: disk.path, workerPath })).rejects.toMatchObject({
      code: 'capture-failed',
      message: expect.stringMatching(new RegExp(`No capture can be written in ${disk.path}: .*full`)),
    });
    expect(readdirSync(disk.path)).toEqual([]);
  });
});

test('on a read-only disk no capture begins, with the reason and the cure', async () => {
  const disk = held(temporaryDisk('ro'));
  await expect(openCapture({ folder: join(disk.path, 'captures'), workerPath })).rejects.toMatchObject({
    code: 'capture-failed',
    message: `No capture can be written in ${join(disk.path, 'captures')}: it is on a read-only disk. Choose another data folder.`,
  });
});

describe('while another program locks the file', () => {
  async function locked() {
    const capture = await open(held(temporaryFolder()).path);
    const port = capture.connect(sessionOf(1));
    const first = committed(port, 100);
    postRecords(port, 0, 100);
    await first;
    const other = new DatabaseSync(capture.file);
    undo.push(() => other.close());
    other.exec('BEGIN IMMEDIATE');
    postRecords(port, 100, 200);
    await stopped(capture);
    return { capture, port, unlock: () => other.exec('ROLLBACK') };
  }

  test('what came is held and can be read up to there; unlocked, it is written once', async () => {
    const { capture, port, unlock } = await locked();
    expect(capture.state).toMatchObject({ reason: expect.stringContaining('another program has locked the file') });
    await expectWhole(capture, 100);
    postRecords(port, 200, 300);
    const done = committed(port, 300);
    unlock();
    await done;
    await expectWhole(capture, 300);
  });

  test('a retry says that it failed, or has written all', async () => {
    const { capture, unlock } = await locked();
    await expect(capture.retry()).rejects.toMatchObject({ code: 'capture-failed' });
    unlock();
    await capture.retry();
    await expectWhole(capture, 200);
  });

  test('a close fails and loses nothing', async () => {
    const { capture, unlock } = await locked();
    await expect(capture.close()).rejects.toMatchObject({ code: 'capture-failed' });
    await expectWhole(capture, 100);
    unlock();
    await capture.close();
    const db = new DatabaseSync(capture.file, { readOnly: true });
    expect(db.prepare('SELECT count(*) AS n FROM record').get()).toEqual({ n: 200 });
    db.close();
  });
});

describe('a thread that dies', () => {
  /** A worker that exits with code 7 when it is called by `name`. */
  function mortal(name: string): string {
    const path = join(held(temporaryFolder()).path, 'mortal.mjs');
    const body = `
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', (call) => { if (call.name === '${name}') process.exit(7); });
      await import('${pathToFileURL(workerPath)}');`;
    writeFileSync(path, body);
    return path;
  }

  test('as the writer is reported as stopped, fails what waits, and closes the ports', async () => {
    const capture = await open(held(temporaryFolder()).path, mortal('retry'));
    const port = capture.connect(sessionOf(1));
    const done = committed(port, 10);
    postRecords(port, 0, 10);
    await done;
    const gone = closed(port);
    await expect(capture.retry()).rejects.toMatchObject({ code: 'worker-died' });
    expect(capture.state).toMatchObject({ state: 'stopped', reason: expect.stringContaining('exit code 7') });
    await gone;
    expect(() => capture.connect(sessionOf(2))).toThrow('writer thread has ended');
    await expectWhole(capture, 10);
  });

  test('as the reader fails its questions only; the next one gets a new reader', async () => {
    const capture = await open(held(temporaryFolder()).path, mortal('payload'));
    const port = capture.connect(sessionOf(1));
    const done = committed(port, 10);
    postRecords(port, 0, 10);
    await done;
    const ask = { session: 1, seq: 0, offset: 0, length: 1 };
    await expect(capture.payload(ask)).rejects.toMatchObject({ code: 'worker-died' });
    expect((await capture.rows({ session: 1, filter: everything, from: 0, count: 1 })).total).toBe(10);
    expect(capture.state.state).toBe('capturing');
  });
});
