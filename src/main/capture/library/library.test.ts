import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ComparisonProgress, captureFileSchema } from '../../../shared/captures.ts';
import { sample } from '../../sample.testing.ts';
import { type Capture, openCapture } from '../capture.ts';
import {
  batchOf,
  committed,
  everything,
  post,
  type Sample,
  sessionOf,
  taggedPayload,
  takeBack,
  temporaryFolder,
  workerPath,
} from '../testing.ts';
import { CaptureLibrary } from './library.ts';

let folder: ReturnType<typeof temporaryFolder>;
let capture: Capture;
let library: CaptureLibrary;
let onChange = () => {};
beforeEach(async () => {
  folder = temporaryFolder();
  capture = await openCapture({ folder: folder.path, workerPath });
  library = new CaptureLibrary({ capture, workerPath, onChange: () => onChange() });
});
afterEach(async () => {
  onChange = () => {};
  await library.end();
  await capture.close();
  folder.remove();
});

const path = (file: string) => join(folder.path, file);
const messages = (session: number, count: number): Sample[] =>
  Array.from({ length: count }, (_, seq) => ({
    bytes: taggedPayload(session, seq),
    direction: seq % 2 ? 'out' : 'in',
  }));

async function recordInto(target: Capture, session: number, samples: readonly Sample[]) {
  const port = target.connect(sessionOf(session));
  const done = committed(port, samples.length);
  for (let at = 0; at < samples.length; at += 1000) post(port, batchOf(session, at, samples.slice(at, at + 1000)));
  await done;
}

/** A finished capture named `name`; the sessions are numbered from 1. */
async function recorded(name: string, ...sessions: readonly (readonly Sample[])[]): Promise<string> {
  const other = await openCapture({ folder: folder.path, workerPath });
  for (const [index, samples] of sessions.entries()) await recordInto(other, index + 1, samples);
  await other.close();
  renameSync(other.file, path(name));
  return name;
}

const rows = (session: number, from = 0, count = 1000) =>
  library.ask('rows', { session, filter: everything, from, count });
const folded = async (session: number) =>
  (await library.ask('rows', { session, filter: '', fold: { unfolded: [] }, from: 0, count: 0 })).total;
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('It did not fail.'),
    (error) => error.failure,
  );

/** Makes the page of record rows at `share` of the way through them unreadable. */
function breakPage(file: string, share: number): void {
  const db = new DatabaseSync(path(file));
  const leaves = db
    .prepare("SELECT pageno FROM dbstat WHERE name = 'record' AND pagetype = 'leaf' ORDER BY path")
    .all() as { pageno: number }[];
  db.close();
  const { pageno = 0 } = leaves[Math.floor(leaves.length * share)] ?? {};
  const bytes = readFileSync(path(file));
  bytes.fill(0xee, (pageno - 1) * 4096, pageno * 4096);
  writeFileSync(path(file), bytes);
}

describe('the list', () => {
  test('tells of each capture its size, sessions and counts, and which one is being recorded', async () => {
    await recorded('old.sqlite', messages(1, 30), [{ kind: 'timeout' }]);
    await recordInto(capture, 1, messages(1, 5));
    const { captures } = await library.list();
    const byFile = new Map(captures.map((info) => [info.file, info]));
    expect(byFile.get('old.sqlite')).toMatchObject({ state: 'closed', title: null, problem: null });
    expect(byFile.get('old.sqlite')?.sessions).toMatchObject([
      {
        session: 1,
        role: 'server',
        section: 'Local\\Section1',
        records: 30,
        removed: 0,
        counts: { messages: { s2c: 15, c2s: 15 } },
      },
      { session: 2, records: 1, counts: { messages: { s2c: 0, c2s: 0 }, timeouts: 1 } },
    ]);
    expect(byFile.get(basename(capture.file))).toMatchObject({ state: 'recording', sessions: [{ records: 5 }] });
    expect(byFile.get('old.sqlite')?.bytes).toBeGreaterThan(4096);
  });

  test('leaves out what is no capture by its name, and links', async () => {
    await recorded('old.sqlite', messages(1, 3));
    writeFileSync(path('notes.txt'), 'mine');
    writeFileSync(path('.hidden.sqlite'), '');
    symlinkSync(path('old.sqlite'), path('link.sqlite'));
    expect((await library.list()).captures.map(({ file }) => file).sort()).toEqual([
      basename(capture.file),
      'old.sqlite',
    ]);
  });
});

describe('a capture opened to be read while another is recorded', () => {
  test('has sessions with numbers of their own, with rows, payloads, timeline and figures', async () => {
    await recorded('old.sqlite', messages(1, 50), messages(2, 20));
    const { sessions, problem } = await library.open('old.sqlite');
    await recordInto(capture, 1, messages(1, 3));
    expect(problem).toBeNull();
    const [first = 0, second = 0] = sessions;
    expect(first).toBeGreaterThanOrEqual(1_000_000);
    expect((await rows(first)).rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, seq) => seq));
    expect((await rows(second)).total).toBe(20);
    expect((await rows(1)).total).toBe(3);
    expect(await library.ask('payload', { session: second, seq: 7, offset: 0, length: 999 })).toEqual(
      taggedPayload(2, 7),
    );
    const timeline = await library.ask('timeline', { session: first, fromMono: 0, toMono: 1000, buckets: 10 });
    expect(timeline.c2s.messages.reduce((a, b) => a + b)).toBe(25);
    expect((await library.ask('figures', { session: first, fromMono: 0, toMono: 1000 })).size.s2c.count).toBe(25);
    expect(library.snapshots.map(({ id, state, capture: file, committed }) => [id, state, file, committed])).toEqual([
      [first, 'closed', 'old.sqlite', 50],
      [second, 'closed', 'old.sqlite', 20],
    ]);
  });

  test('is answered again when it is opened again, and is gone when it is closed', async () => {
    await recorded('old.sqlite', messages(1, 5));
    const [once, again] = await Promise.all([library.open('old.sqlite'), library.open('old.sqlite')]);
    expect(again).toEqual(once);
    await library.close('old.sqlite');
    expect(library.snapshots).toEqual([]);
    await expect(async () => rows(once.sessions[0] ?? 0)).rejects.toMatchObject({ code: 'no-such-session' });
    const reopened = await library.open('old.sqlite');
    expect(reopened.sessions[0]).not.toBe(once.sessions[0]);
  });

  test('takes marks and notes', async () => {
    await recorded('old.sqlite', messages(1, 5));
    const {
      sessions: [session = 0],
    } = await library.open('old.sqlite');
    await library.setMark({ session, seq: 3, label: 'here' });
    await library.setNote({ session, seq: 3, text: 'why?' });
    expect((await rows(session)).rows[3]).toMatchObject({ mark: 'here', note: 'why?' });
    expect(await library.ask('marks', { session })).toEqual([
      { seq: 3, mono: expect.any(Number), mark: 'here', note: 'why?' },
    ]);
  });
});

describe('a capture that is only looked at', () => {
  const longAgo = new Date('2001-01-01');
  const files = (...names: string[]) =>
    names.map((name) => [name, statSync(path(name)).mtimeMs, readFileSync(path(name)).toString('base64')]);
  const aged = (...names: string[]) => {
    for (const name of names) utimesSync(path(name), longAgo, longAgo);
    return files(...names);
  };
  const writtenAt = async (file: string) =>
    (await library.list()).captures.find((info) => info.file === file)?.writtenAt;

  /** In every possible way. */
  async function lookAt(file: string) {
    await library.list();
    await library.compare({ a: file, b: file });
    const {
      sessions: [session = 0],
    } = await library.open(file);
    const found = () => library.ask('rows', { session, filter: 'kind:message', from: 0, count: 10 });
    await expect.poll(async () => (await found()).total).toBe(20);
    expect(await writtenAt(file)).toBe(longAgo.getTime() * 1000);
    await library.close(file);
    expect(await writtenAt(file)).toBe(longAgo.getTime() * 1000);
  }

  test('stays as it is, with nothing beside it, and was written when it was', async () => {
    await recorded('old.sqlite', messages(1, 20));
    const before = aged('old.sqlite');
    await lookAt('old.sqlite');
    expect(files('old.sqlite')).toEqual(before);
    expect(readdirSync(folder.path).filter((name) => name.startsWith('old'))).toEqual(['old.sqlite']);
  });

  test('stays as it is when its run was killed, and is read with what was not moved into it yet', async () => {
    await recordInto(capture, 1, messages(1, 20));
    for (const suffix of ['', '-wal']) copyFileSync(capture.file + suffix, path(`old.sqlite${suffix}`));
    const before = aged('old.sqlite', 'old.sqlite-wal');
    await lookAt('old.sqlite');
    expect(files('old.sqlite', 'old.sqlite-wal')).toEqual(before);
  });
});

describe('marks and notes of the capture being recorded', () => {
  test.each([['plain'], [''], ['NUL \0 and half \ud800 a pair'], ["'; DROP TABLE mark; --"], ['\u202e<b>']])(
    'are kept whole: %j',
    async (text) => {
      await recordInto(capture, 1, messages(1, 5));
      const before = library.rowsVersion;
      await library.setMark({ session: 1, seq: 2, label: text });
      await library.setNote({ session: 1, seq: 2, text });
      expect((await rows(1)).rows.map(({ mark, note }) => [mark, note])[2]).toEqual([text, text]);
      expect(library.rowsVersion).toBe(before + 2);
      await library.setMark({ session: 1, seq: 2, label: null });
      expect(await library.ask('marks', { session: 1 })).toEqual([{ seq: 2, mono: 20, mark: null, note: text }]);
      await library.setNote({ session: 1, seq: 2, text: null });
      expect(await library.ask('marks', { session: 1 })).toEqual([]);
    },
  );

  test('of a record that is not there are refused', async () => {
    await recordInto(capture, 1, messages(1, 5));
    await expect(library.setMark({ session: 1, seq: 5, label: 'x' })).rejects.toMatchObject({ code: 'no-such-record' });
  });
});

describe('a title', () => {
  test('is kept in the file and leaves its name', async () => {
    await recorded('old.sqlite', messages(1, 5));
    await library.rename('old.sqlite', 'Tuesday ../\0 \u202e');
    await library.rename(basename(capture.file), 'now');
    const titles = (await library.list()).captures.map(({ file, title }) => [file, title]);
    expect(titles).toContainEqual(['old.sqlite', 'Tuesday ../\0 \u202e']);
    expect(titles).toContainEqual([basename(capture.file), 'now']);
    await library.rename('old.sqlite', null);
    expect((await library.list()).captures.find(({ file }) => file === 'old.sqlite')?.title).toBeNull();
  });
});

test.each([
  '../outside.sqlite',
  'a/b.sqlite',
  'a\\b.sqlite',
  'C:x.sqlite',
  '.sqlite',
  '..sqlite',
  'x.sqlite\0',
  'x',
  'x.sqlite:s',
  '',
])('the name %j is no name of a capture', (name) => expect(v.is(captureFileSchema, name)).toBe(false));

describe('deleting', () => {
  test('takes the file away with all beside it', async () => {
    await recorded('old.sqlite', messages(1, 5));
    await library.delete('old.sqlite');
    expect(readdirSync(folder.path).filter((name) => name.startsWith('old'))).toEqual([]);
  });

  test('waits for a close that goes on', async () => {
    await recorded('old.sqlite', messages(1, 5));
    await library.open('old.sqlite');
    const ended: string[] = [];
    const closing = library.close('old.sqlite').then(() => ended.push('closed'));
    // The list shows at once that it is closed.
    await expect.poll(() => library.snapshots).toEqual([]);
    await library.delete('old.sqlite').then(() => ended.push('deleted'));
    await closing;
    expect(ended).toEqual(['closed', 'deleted']);
  });

  test('is refused for the one being recorded, an open one, one that another program has open, and one that is not there', async () => {
    await recorded('old.sqlite', messages(1, 5));
    expect(await failure(library.delete(basename(capture.file)))).toMatchObject({ code: 'busy' });
    await library.open('old.sqlite');
    expect(await failure(library.delete('old.sqlite'))).toMatchObject({ code: 'busy' });
    await library.close('old.sqlite');
    const other = new DatabaseSync(path('old.sqlite'));
    other.prepare('SELECT count(*) FROM record').get();
    expect(await failure(library.delete('old.sqlite'))).toMatchObject({
      code: 'busy',
      message: expect.stringContaining('another program'),
    });
    other.close();
    expect(await failure(library.delete('none.sqlite'))).toMatchObject({ code: 'no-such-capture' });
    expect(existsSync(path('old.sqlite')) && existsSync(capture.file)).toBe(true);
  });
});

describe('a comparison', () => {
  const compare = (a: string, b: string) => library.compare({ a, b });

  test('of the same records at other times finds no difference', async () => {
    await recorded('a.sqlite', messages(1, 3000));
    await recorded(
      'b.sqlite',
      messages(1, 3000).map((sample, i) => ({ ...sample, mono: i * 77, wall: 5 })),
    );
    expect(await compare('a.sqlite', 'b.sqlite')).toMatchObject([
      { recordsA: 3000, recordsB: 3000, firstDifference: null, onlyA: { count: 0 }, onlyB: { count: 0 } },
    ]);
  });

  test('tells the first difference and what only one side has', async () => {
    const all = messages(1, 3000);
    await recorded('a.sqlite', all, messages(2, 3));
    await recorded('b.sqlite', [...all.slice(0, 2500), { bytes: new Uint8Array([1, 2, 3]) }, ...all.slice(2510)]);
    const [first, second] = await compare('a.sqlite', 'b.sqlite');
    expect(first).toMatchObject({ recordsA: 3000, recordsB: 2991 });
    expect(first?.firstDifference).toMatchObject({
      position: 2500,
      a: { seq: 2500, kind: 'message' },
      b: { seq: 2500, size: 3 },
    });
    expect(first?.onlyA).toEqual({ count: 10, seqs: Array.from({ length: 10 }, (_, i) => 2500 + i) });
    expect(first?.onlyB).toEqual({ count: 1, seqs: [2500] });
    expect(second).toMatchObject({ sessionA: 2, sessionB: null, recordsA: 3, recordsB: 0 });
  });

  test('tells how far it is, never back, and nothing once it has ended', async () => {
    await recorded('a.sqlite', messages(1, 20_000));
    await recorded('b.sqlite', messages(1, 19_999));
    const told: ComparisonProgress[] = [];
    onChange = () => library.comparison && told.push(library.comparison);
    await compare('a.sqlite', 'b.sqlite');
    expect(told.length).toBeGreaterThan(0);
    expect(told.every(({ done, total }) => done > 0 && done <= total && total === 3 * 39_999)).toBe(true);
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(library.comparison).toBeNull();
  });

  test('is stopped by a cancel and by the next one', async () => {
    await recorded('a.sqlite', messages(1, 20_000));
    const one = failure(compare('a.sqlite', 'a.sqlite'));
    const two = compare('a.sqlite', 'a.sqlite');
    expect(await one).toMatchObject({ code: 'cancelled' });
    const stopped = failure(two);
    await library.cancelCompare();
    expect(await stopped).toMatchObject({ code: 'cancelled' });
  });
});

describe('a file that is no whole capture', () => {
  const opening = (file: string) => failure(library.open(file));
  const sqlite = (name: string, sql: string) => {
    const db = new DatabaseSync(path(name));
    db.exec(sql);
    db.close();
  };

  test.each<[string, () => void, string, RegExp]>([
    ['is empty', () => writeFileSync(path('x.sqlite'), ''), 'not-a-capture', /is empty/],
    [
      'is something else',
      () => writeFileSync(path('x.sqlite'), 'A'.repeat(9000)),
      'not-a-capture',
      /isn't a SQLite file/,
    ],
    [
      'was killed while it was made',
      () => sqlite('x.sqlite', 'PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL'),
      'not-a-capture',
      /is an empty database: nothing was ever written/,
    ],
    [
      'is of another application',
      () => sqlite('x.sqlite', 'CREATE TABLE t (a)'),
      'not-a-capture',
      /another application/,
    ],
    ['is not there', () => {}, 'no-such-capture', /no capture x\.sqlite/],
    [
      'lacks a table',
      () =>
        sqlite('x.sqlite', 'PRAGMA application_id = 0x53484d53; PRAGMA user_version = 2; CREATE TABLE session (id)'),
      'capture-damaged',
      /is missing the table chunk and record/,
    ],
  ])('because it %s is refused with the reason', async (_, make, code, message) => {
    make();
    expect(await opening('x.sqlite')).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('because it is of a newer version is refused, and listed with that reason', async () => {
    await recorded('x.sqlite', messages(1, 3));
    sqlite('x.sqlite', 'PRAGMA user_version = 99');
    expect(await opening('x.sqlite')).toMatchObject({
      code: 'capture-newer',
      message: expect.stringContaining('newer Shmscope'),
    });
    expect((await library.list()).captures.find(({ file }) => file === 'x.sqlite')?.problem?.code).toBe(
      'capture-newer',
    );
  });

  test('because another program holds it alone is refused as locked', async () => {
    await recorded('x.sqlite', messages(1, 3));
    const other = new DatabaseSync(path('x.sqlite'));
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; INSERT INTO property VALUES (1, 1); COMMIT');
    expect(await opening('x.sqlite')).toMatchObject({ code: 'capture-locked' });
    other.close();
  });

  test.each(sample([0.1, 0.7, 0.999, 0.02, 0.3, 0.5, 0.9, 0.97], 3))(
    'because it is cut off at %d of its length is refused with that reason, or read as far as it goes',
    async (share) => {
      await recorded('x.sqlite', messages(1, 6000), messages(2, 3000));
      const whole = readFileSync(path('x.sqlite'));
      truncateSync(path('x.sqlite'), Math.floor(whole.length * share));
      const opened = await library.open('x.sqlite').catch((error) => error.failure);
      const problem = 'sessions' in opened ? opened.problem : opened;
      expect(problem).toMatchObject({ code: 'capture-damaged', message: expect.stringContaining('x.sqlite') });
      for (const id of opened.sessions ?? []) {
        const { total } = await rows(id, 0, 0);
        expect(total).toBe(library.snapshots.find((snapshot) => snapshot.id === id)?.committed);
        const page = await rows(id, Math.max(0, total - 1000));
        expect(page.rows.map(({ seq }) => seq)).toEqual(
          Array.from({ length: page.rows.length }, (_, i) => total - page.rows.length + i),
        );
        expect(page.rows.length).toBe(Math.min(1000, total));
        for (const row of page.rows)
          expect(row.detail !== null || row.preview.length === Math.min(row.size, 160)).toBe(true);
      }
    },
  );

  test('because a page of its records is broken can be read up to there, and says how many are missing', async () => {
    await recorded('x.sqlite', [{ kind: 'timeout' }, { kind: 'timeout' }, ...messages(1, 29_998)]);
    breakPage('x.sqlite', 0.4);
    const {
      sessions: [session = 0],
      problem,
    } = await library.open('x.sqlite');
    const { total, rows: last } = await rows(session, 5000, 10);
    expect(total).toBeGreaterThan(5000);
    expect(total).toBeLessThan(30_000);
    expect(last.map(({ seq }) => seq)).toEqual(Array.from({ length: 10 }, (_, i) => 5000 + i));
    expect(problem?.message).toContain(
      `up to its first ${total.toLocaleString('en-US')} records, ${(30_000 - total).toLocaleString('en-US')} are missing`,
    );
    const { c2s: lane, s2c } = await library.ask('timeline', { session, fromMono: 0, toMono: 300_000, buckets: 3 });
    expect([...lane.messages, ...s2c.messages].reduce((a, b) => a + b)).toBe(total - 2);
    expect(await folded(session)).toBe(total - 1);
  });

  test('because a page deep in a large log is broken is open at once, and says so when that is found', async () => {
    const count = 100_000;
    await recorded('x.sqlite', Array(count).fill({}));
    breakPage('x.sqlite', 0.8);
    const {
      sessions: [session = 0],
      problem,
    } = await library.open('x.sqlite');
    const [before] = library.snapshots;
    expect([problem, before?.failure, before?.committed]).toEqual([null, null, count]);
    expect((await rows(session, count - 10, 10)).rows.at(-1)?.seq).toBe(count - 1);
    const version = library.rowsVersion;
    await expect.poll(() => library.snapshots[0]?.failure).not.toBeNull();
    const { total } = await rows(session, 0, 0);
    expect(total).toBeGreaterThan(40_000);
    expect(total).toBeLessThan(count);
    const [after] = library.snapshots;
    expect([after?.committed, library.rowsVersion]).toEqual([total, version + 1]);
    const missing = `${(count - total).toLocaleString('en-US')} are missing`;
    expect(after?.failure).toMatchObject({ code: 'capture-damaged', message: expect.stringContaining(missing) });
    expect((await rows(session, total - 10, 100)).rows.at(-1)?.seq).toBe(total - 1);
    const found = async () => (await library.ask('rows', { session, filter: 'dir:in', from: 0, count: 0 })).total;
    await expect.poll(found).toBe(total);
  });
});

describe('what is derived from the records', () => {
  /** Overwrites the last page of a table or index that isn't an overflow page. */
  function breakPageOf(what: string) {
    const db = new DatabaseSync(path('x.sqlite'));
    const find = "SELECT max(pageno) AS page FROM dbstat WHERE name = ? AND pagetype <> 'overflow'";
    const { page } = db.prepare(find).get(what) as { page: number };
    db.close();
    const bytes = readFileSync(path('x.sqlite'));
    bytes.fill(0xee, (page - 1) * 4096, page * 4096);
    writeFileSync(path('x.sqlite'), bytes);
  }
  async function opened() {
    const { sessions } = await library.open('x.sqlite');
    return sessions[0] ?? 0;
  }

  test('is done without where the index of payloads is broken: they are found all the same', async () => {
    await recorded('x.sqlite', messages(1, 3000));
    breakPageOf('chunk_of_session');
    const session = await opened();
    const hits = () => library.ask('rows', { session, filter: 'hex:"01 00 00 00 b6 0a 00 00"', from: 0, count: 10 });
    await expect.poll(async () => (await hits()).rows.map(({ seq }) => seq)).toEqual([0x0ab6]);
  });

  test('is counted again where the aggregates are broken', async () => {
    await recorded('x.sqlite', messages(1, 3000));
    breakPageOf('bucket');
    expect((await library.list()).captures.find(({ file }) => file === 'x.sqlite')).toMatchObject({
      problem: null,
      sessions: [{ records: 3000, counts: null }],
    });
    const session = await opened();
    const { c2s: lane } = await library.ask('timeline', { session, fromMono: 0, toMono: 30_000, buckets: 3 });
    expect(lane.messages.reduce((a, b) => a + b)).toBe(1500);
  });

  test("can't stand in for payloads: a search that meets broken ones says what is wrong", async () => {
    await recorded('x.sqlite', messages(1, 9000));
    breakPageOf('chunk');
    const session = await opened();
    const search = () => library.ask('rows', { session, filter: '"nowhere"', from: 0, count: 10 });
    await expect
      .poll(() => search().catch((error) => error.failure))
      .toMatchObject({ code: 'capture-damaged', message: expect.stringContaining('x.sqlite is damaged') });
  });
});

test('a capture of version 1 is read with a timeline and folded, and brought to this version by a title', async () => {
  await recorded('x.sqlite', [...messages(1, 500), { kind: 'timeout' }, { kind: 'timeout' }]);
  const db = new DatabaseSync(path('x.sqlite'));
  takeBack(db, 1);
  db.close();
  const total = async (session: number) => {
    const { c2s: lane, s2c } = await library.ask('timeline', { session, fromMono: 0, toMono: 1e6, buckets: 5 });
    return [...lane.messages, ...s2c.messages].reduce((a, b) => a + b);
  };
  const {
    sessions: [session = 0],
  } = await library.open('x.sqlite');
  expect(await total(session)).toBe(500);
  expect((await rows(session)).rows.length).toBe(502);
  expect(await folded(session)).toBe(501);
  await expect(library.setMark({ session, seq: 0, label: 'x' })).rejects.toMatchObject({ code: 'read-only' });
  await expect(library.rename('x.sqlite', 'new')).rejects.toMatchObject({ code: 'read-only' });
  await library.close('x.sqlite');
  await library.rename('x.sqlite', 'new');
  const {
    sessions: [again = 0],
  } = await library.open('x.sqlite');
  expect(await total(again)).toBe(500);
  expect(await folded(again)).toBe(501);
  await library.setMark({ session: again, seq: 0, label: 'x' });
  expect((await rows(again)).rows[0]?.mark).toBe('x');
});
