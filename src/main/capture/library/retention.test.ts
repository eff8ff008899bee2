import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Settings } from '../../../shared/settings.ts';
import { type Capture, openCapture } from '../capture.ts';
import {
  batchOf,
  changed,
  committed,
  everything,
  post,
  type Sample,
  sessionOf,
  taggedPayload,
  temporaryDisk,
  temporaryFolder,
  usedBytes,
  workerPath,
} from '../testing.ts';
import { createCapture } from '../write/create.ts';
import { Journal } from '../write/journal.ts';
import { CaptureLibrary } from './library.ts';
import { keepRetention } from './retention.ts';

const MIB = 1024 * 1024;
const DAY_MS = 24 * 3600 * 1000;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const settings = (maxBytes: number | null, maxAgeDays: number | null = null): Settings => ({
  retention: { maxBytes, maxAgeDays },
});

describe('closed captures', () => {
  let capture: Capture;
  let library: CaptureLibrary;
  beforeEach(async () => {
    capture = await openCapture({ folder: folder.path, workerPath });
    library = new CaptureLibrary({ capture, workerPath, onChange: () => {} });
  });
  afterEach(async () => {
    await library.end();
    await capture.close();
  });

  /** A finished capture of about 2 MiB, last written and recorded this many days ago. */
  function finished(name: string, days: number, recordedDaysAgo = days): string {
    const { db, file } = createCapture(folder.path);
    const journal = new Journal(db);
    const wall = (Date.now() - recordedDaysAgo * DAY_MS) * 1000;
    journal.write({ sessions: [sessionOf(1)], batches: [batchOf(1, 0, [{ wall, bytes: new Uint8Array(2 * MIB) }])] });
    journal.close();
    const path = join(folder.path, name);
    renameSync(file, path);
    const written = new Date(Date.now() - days * DAY_MS);
    utimesSync(path, written, written);
    return name;
  }
  /** Waits until the running capture has reported that it takes more than `bytes`. */
  const toldToTake = (bytes: number) =>
    new Promise<void>((resolve) => {
      const look = () => capture.state.bytes > bytes && resolve();
      capture.onChange(look);
      look();
    });
  const left = () => ['a', 'b', 'c'].filter((name) => existsSync(join(folder.path, `${name}.sqlite`)));

  test('go oldest first while all together are too large, and each is reported', async () => {
    for (const [name, days] of [
      ['a', 3],
      ['b', 2],
      ['c', 1],
    ] as const)
      finished(`${name}.sqlite`, days);
    await library.retain(settings(5 * MIB));
    expect(left()).toEqual(['b', 'c']);
    expect((await library.list()).removed).toMatchObject([{ file: 'a.sqlite', why: 'size' }]);
    expect((await library.list()).removed[0]?.bytes).toBeGreaterThan(2 * MIB);
  });

  test('go by the age of what is inside, whatever their names and files say', async () => {
    // The third was imported: its file is the newest, and its name the last.
    for (const [name, days, recordedDaysAgo] of [
      ['a', 3, 3],
      ['b', 2, 2],
      ['c', 0, 30],
    ] as const)
      finished(`${name}.sqlite`, days, recordedDaysAgo);
    await library.retain(settings(5 * MIB));
    expect(left()).toEqual(['a', 'b']);
    await library.retain(settings(3 * MIB));
    expect(left()).toEqual(['b']);
  });

  test('go when they are too old, however small', async () => {
    for (const [name, days] of [
      ['a', 30],
      ['b', 8],
      ['c', 6],
    ] as const)
      finished(`${name}.sqlite`, days);
    await library.retain(settings(null, 7));
    expect(left()).toEqual(['c']);
    expect((await library.list()).removed.map(({ file, why }) => [file, why])).toEqual([
      ['b.sqlite', 'age'],
      ['a.sqlite', 'age'],
    ]);
  });

  test('are reported as removed when that can be written, and until then from memory', async () => {
    finished('a.sqlite', 30);
    mkdirSync(join(folder.path, 'removed.jsonl'));
    await expect(library.retain(settings(null, 7))).rejects.toMatchObject({ code: 'capture-failed' });
    expect(left()).toEqual([]);
    expect((await library.list()).removed).toMatchObject([{ file: 'a.sqlite', why: 'age' }]);
    rmdirSync(join(folder.path, 'removed.jsonl'));
    await library.retain(settings(null, 7));
    expect(readFileSync(join(folder.path, 'removed.jsonl'), 'utf8')).toMatch(/^\{"file":"a\.sqlite".*\}\n$/);
    expect((await library.list()).removed).toMatchObject([{ file: 'a.sqlite', why: 'age' }]);
  });

  test('stay without limits, and so do the one being recorded and those that are open', async () => {
    finished('a.sqlite', 400);
    await library.retain(settings(null));
    expect(left()).toEqual(['a']);
    await library.open('a.sqlite');
    await library.retain(settings(16, 1));
    expect(left()).toEqual(['a']);
    expect(existsSync(capture.file)).toBe(true);
    expect((await library.list()).removed).toEqual([]);
  });

  test('are left where another program has them open', async () => {
    finished('a.sqlite', 400);
    const other = new DatabaseSync(join(folder.path, 'a.sqlite'));
    other.prepare('SELECT count(*) FROM record').get();
    await library.retain(settings(null, 1));
    expect(left()).toEqual(['a']);
    other.close();
    await library.retain(settings(null, 1));
    expect(left()).toEqual([]);
  });

  test('that are removed leave the records of the one being recorded alone', async () => {
    finished('a.sqlite', 1);
    const port = capture.connect(sessionOf(1));
    const done = committed(port, 5000);
    post(port, batchOf(1, 0, Array(5000).fill({ bytes: new Uint8Array(500) })));
    await done;
    await toldToTake(2 * MIB);
    await library.retain(settings(4 * MIB));
    expect(left()).toEqual([]);
    expect((await library.ask('rows', { session: 1, filter: everything, from: 0, count: 1 })).total).toBe(5000);
    expect(basename(capture.file)).toBe((await library.list()).captures[0]?.file);
  });
});

describe('the capture being recorded', () => {
  let db: DatabaseSync;
  let journal: Journal;
  beforeEach(() => {
    db = createCapture(folder.path).db;
    journal = new Journal(db);
  });
  afterEach(() => db.close());

  const write = (session: number, samples: readonly Sample[], openedAt = 0) => {
    journal.write({ sessions: [{ ...sessionOf(session), openedAt }], batches: [] });
    for (let at = 0; at < samples.length; at += 1000)
      journal.write({ sessions: [], batches: [batchOf(session, at, samples.slice(at, at + 1000))] });
  };
  const seqs = (session: number) =>
    db.prepare('SELECT min(seq) AS first, max(seq) AS last, count(*) AS n FROM record WHERE session = ?').get(session);
  const used = () => usedBytes(db);
  const trim = (limits: { maxBytes: number | null; oldest: number | null }) => {
    let steps = 0;
    while (journal.trimmer.step(limits)) steps++;
    return steps;
  };

  test('loses its oldest records, across sessions, in slices, until it fits; what is left is whole', () => {
    const samples = (session: number) =>
      Array.from({ length: 20_000 }, (_, seq) => ({ mono: seq * 1000, bytes: taggedPayload(session, seq, 400) }));
    write(1, samples(1));
    write(2, samples(2), 5_000_000);
    expect(trim({ maxBytes: 8 * MIB, oldest: null })).toBeGreaterThan(5);
    expect(used()).toBeLessThanOrEqual(8 * MIB);
    expect(used()).toBeGreaterThan(6 * MIB);
    const [a, b] = [seqs(1), seqs(2)] as { first: number; last: number; n: number }[];
    expect([a?.last, b?.last]).toEqual([19_999, 19_999]);
    expect([a?.n, b?.n]).toEqual([20_000 - (a?.first ?? 0), 20_000 - (b?.first ?? 0)]);
    expect((a?.first ?? 0) - (b?.first ?? 0)).toBeGreaterThan(2000);
    expect(db.prepare('SELECT session, records FROM removal ORDER BY session').all()).toEqual([
      { session: 1, records: a?.first },
      { session: 2, records: b?.first },
    ]);
    expect(
      db
        .prepare('SELECT count(*) AS n FROM record LEFT JOIN chunk ON chunk.id = record.chunk WHERE data IS NULL')
        .get(),
    ).toEqual({ n: 0 });
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  });

  test.each([
    ['16 KiB', 16 * 1024, 1000],
    ['1 MiB', MIB, 16],
  ])('loses no more than it has to where messages have %s', (_, size, count) => {
    write(
      1,
      Array.from({ length: count }, (_, seq) => ({ mono: seq, bytes: taggedPayload(1, seq, size) })),
    );
    trim({ maxBytes: 8 * MIB, oldest: null });
    expect(used()).toBeLessThanOrEqual(8 * MIB);
    expect(used()).toBeGreaterThan(6.5 * MIB);
  });

  test('gives the space back to the file system', () => {
    write(
      1,
      Array.from({ length: 20_000 }, (_, seq) => ({ mono: seq, bytes: taggedPayload(1, seq, 400) })),
    );
    expect(journal.bytes()).toBeGreaterThan(8 * MIB);
    trim({ maxBytes: 2 * MIB, oldest: null });
    expect(journal.bytes()).toBeLessThanOrEqual(2 * MIB);
  });

  test('loses records without payload as well, and never the newest of a session', () => {
    write(
      1,
      Array.from({ length: 30_000 }, (_, seq) => ({
        kind: 'timeout' as const,
        mono: seq,
        detail: 'No message for 1 s.',
      })),
    );
    trim({ maxBytes: 1, oldest: null });
    expect(seqs(1)).toMatchObject({ first: 29_999, n: 1 });
  });

  test('loses by age what is older, to the record, whatever the wall clock said', () => {
    const samples = Array.from({ length: 5000 }, (_, seq) => ({ mono: seq * 1000, wall: seq < 2000 ? 9e15 : 1 }));
    write(1, samples, 1_000_000);
    trim({ maxBytes: null, oldest: 1_000_000 + 3_333_000 });
    expect(seqs(1)).toMatchObject({ first: 3333, last: 4999 });
    expect(trim({ maxBytes: null, oldest: 1_000_000 + 3_333_000 })).toBe(0);
  });
});

/** The first `count` records of session 1, `size` per batch. */
function postInBatches(port: MessagePort, count: number, size: number, sample: (seq: number) => Sample): void {
  for (let seq = 0; seq < count; seq += size)
    post(
      port,
      batchOf(
        1,
        seq,
        Array.from({ length: size }, (_, i) => sample(seq + i)),
      ),
    );
}

test('on a full disk old captures make room, each is reported, and recording goes on by itself', async () => {
  const disk = temporaryDisk('size=5m');
  onTestFinished(() => disk.remove());
  const { db, file } = createCapture(disk.path, new Date(2001, 1, 1));
  const journal = new Journal(db);
  journal.write({ sessions: [sessionOf(1)], batches: [batchOf(1, 0, [{ bytes: new Uint8Array(2 * MIB) }])] });
  journal.close();
  utimesSync(file, 1, 1);
  const capture = await openCapture({ folder: disk.path, workerPath });
  const library = new CaptureLibrary({ capture, workerPath, onChange: () => {} });
  const port = capture.connect({ ...sessionOf(1), openedAt: Date.now() * 1000 });
  const done = committed(port, 200);
  postInBatches(port, 200, 10, (seq) => ({ bytes: taggedPayload(1, seq, 16_384) }));
  await changed(capture, () => capture.state.state === 'stopped');
  await library.retain(settings(null, 7));
  await done;
  expect((await library.list()).removed).toMatchObject([{ file: basename(file), why: 'age' }]);
  const { total } = await library.ask('rows', { session: 1, filter: everything, from: 0, count: 0 });
  expect(total).toBe(200);
  await library.end();
  await capture.close();
});

test('removed records of a live session are one row that says so, and the rest keep their numbers', async () => {
  const capture = await openCapture({ folder: folder.path, workerPath });
  const port = capture.connect({ ...sessionOf(1), openedAt: 0 });
  const done = committed(port, 6000);
  postInBatches(port, 6000, 1000, (seq) => ({ mono: seq, bytes: taggedPayload(1, seq) }));
  await done;
  await capture.keepWithin({ maxBytes: null, oldest: 2500 });
  const rows = (from: number, count: number) => capture.rows({ session: 1, filter: everything, from, count });
  await expect.poll(async () => (await rows(0, 0)).total).toBe(3501);
  const page = await rows(0, 3);
  expect(page.records).toBe(6000);
  expect(page.rows.map(({ seq, kind }) => [seq, kind])).toEqual([
    [2499, 'notice'],
    [2500, 'message'],
    [2501, 'message'],
  ]);
  expect(page.rows[0]?.detail).toContain('2,500 records were removed by retention (#0–#2,499)');
  expect((await rows(3500, 10)).rows.map(({ seq }) => seq)).toEqual([5999]);
  await expect(capture.setMark({ session: 1, seq: 17, label: 'x' })).rejects.toMatchObject({
    code: 'no-such-record',
    message: 'Record 17 of session 1 was removed by retention.',
  });
  const payload = (seq: number) => capture.payload({ session: 1, seq, offset: 0, length: 999 });
  expect(await payload(2500)).toEqual(taggedPayload(1, 2500));
  await expect(payload(17)).rejects.toMatchObject({
    code: 'no-such-record',
    message: expect.stringContaining('removed by retention'),
  });
  await capture.close();
});

test('a failing look at retention does not end it, and none runs beside another', async () => {
  let running = 0;
  let most = 0;
  let runs = 0;
  const again = Promise.withResolvers<void>();
  const retention = keepRetention(async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    if (++runs === 1) throw new Error('disk full');
    again.resolve();
  });
  retention.soon();
  retention.soon();
  await again.promise;
  await retention.stop();
  expect([most, runs]).toEqual([1, 2]);
});
