import { statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RowPage } from '../../shared/log.ts';
import { type Capture, openCapture } from './capture.ts';
import { SCHEMA_VERSION } from './store/migrations/migrations.ts';
import {
  batchOf,
  changed,
  closed,
  committed,
  everything,
  post,
  reply,
  type Sample,
  sessionOf,
  taggedPayload,
  temporaryFolder,
  workerPath,
} from './testing.ts';

let folder: ReturnType<typeof temporaryFolder>;
let capture: Capture;
beforeEach(async () => {
  folder = temporaryFolder();
  capture = await openCapture({ folder: folder.path, workerPath });
});
afterEach(async () => {
  await capture.close();
  folder.remove();
});

/** Registers session `id`, sends it `samples` and waits for the commit. */
async function record(id: number, samples: readonly Sample[]) {
  const port = capture.connect(sessionOf(id));
  const done = committed(port, samples.length);
  post(port, batchOf(id, 0, samples));
  await done;
  return port;
}
/** Requested again until all records were scanned. */
async function rows(session: number, filter: string, from: number, count: number): Promise<RowPage> {
  for (;;) {
    const page = await capture.rows({ session, filter, from, count });
    if (page.progress.complete) return page;
  }
}
const payload = (session: number, seq: number, offset = 0, length = 1 << 20) =>
  capture.payload({ session, seq, offset, length });

describe('the file', () => {
  test("is named after its beginning, is a capture by its header, and is its owner's alone", async () => {
    await record(1, [{}]);
    expect(basename(capture.file)).toMatch(/^capture-\d{8}-\d{6}\.sqlite$/);
    const db = new DatabaseSync(capture.file, { readOnly: true });
    expect(db.prepare('PRAGMA application_id').get()).toEqual({ application_id: 0x53484d53 });
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: SCHEMA_VERSION });
    expect(db.prepare('SELECT id, section FROM session').all()).toEqual([{ id: 1, section: 'Local\\Section1' }]);
    db.close();
    if (process.platform === 'win32') return;
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(capture.file + suffix).mode & 0o777).toBe(0o600);
  });

  test('gets a number when its name is taken', async () => {
    const others = await Promise.all([1, 2, 3].map(() => openCapture({ folder: folder.path, workerPath })));
    const files = [capture, ...others].map(({ file }) => file);
    await Promise.all(others.map((other) => other.close()));
    expect(new Set(files).size).toBe(4);
    expect(files.every((file) => /capture-\d{8}-\d{6}(-\d)?\.sqlite$/.test(file))).toBe(true);
  });

  test('is whole and alone after close, with everything that was posted before it', async () => {
    const port = capture.connect(sessionOf(1));
    for (let i = 0; i < 300; i++) post(port, batchOf(1, i * 100, Array(100).fill({ bytes: taggedPayload(1, i) })));
    const gone = closed(port);
    await capture.close();
    await gone;
    expect(() => statSync(`${capture.file}-wal`)).toThrow('ENOENT');
    const db = new DatabaseSync(capture.file, { readOnly: true });
    expect(db.prepare('SELECT count(*) AS n, max(seq) AS last FROM record').get()).toEqual({ n: 30000, last: 29999 });
    db.close();
  });

  test('has what an endpoint posted last before it closed its port', async () => {
    const port = capture.connect(sessionOf(1));
    post(port, batchOf(1, 0, [{ kind: 'opened' }, { kind: 'closed' }]));
    port.close();
    await changed(capture, () => capture.committed(1) === 2);
  });
});

describe('rows', () => {
  const samples: Sample[] = Array.from({ length: 2500 }, (_, seq) => ({
    kind: seq % 10 === 9 ? 'timeout' : 'message',
    direction: seq % 10 === 9 ? null : seq % 2 ? 'out' : 'in',
    mono: seq * seq,
    ...(seq % 10 === 9 ? { detail: `timeout ${seq}` } : { bytes: taggedPayload(1, seq) }),
  }));

  test('without a filter are records by number, with the time since the one before', async () => {
    await record(1, samples);
    const page = await rows(1, everything, 1000, 3);
    expect(page).toMatchObject({ total: 2500, records: 2500, from: 1000 });
    expect(page.rows.map(({ seq, delta }) => [seq, delta])).toEqual([
      [1000, 1999],
      [1001, 2001],
      [1002, 2003],
    ]);
    expect(page.rows[0]).toMatchObject({ kind: 'message', direction: 'in', size: 32, wall: 1_700_000_000_010_000 });
    expect((await rows(1, everything, 0, 1)).rows[0]?.delta).toBeNull();
  });

  test('say what a message replies to, with or without what lies between, but not across an exit', async () => {
    const out = { direction: 'out' } as const;
    const between = { kind: 'timeout', direction: null } as const;
    await record(1, [out, between, between, {}, {}, out, { kind: 'exit', direction: null }, {}]);
    const replies = (page: RowPage) => page.rows.map(({ reply }) => reply);
    const [first, second] = [
      { seq: 0, latency: 30 },
      { seq: 4, latency: 10 },
    ];
    expect(replies(await rows(1, everything, 0, 8))).toEqual([null, null, null, first, null, second, null, null]);
    expect(replies(await rows(1, everything, 3, 1))).toEqual([first]);
    expect(replies(await rows(1, 'latency:..1s', 0, 8))).toEqual([first, second]);
  });

  test('end where the log ends, and beyond it there are none', async () => {
    await record(1, samples);
    expect((await rows(1, everything, 2490, 1000)).rows.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 10 }, (_, i) => 2490 + i),
    );
    expect((await rows(1, everything, 2500, 10)).rows).toEqual([]);
    expect((await rows(1, everything, 0, 0)).rows).toEqual([]);
  });

  test('carry the first 160 bytes of their payload', async () => {
    await record(1, samples);
    for (const { seq, size, preview } of (await rows(1, everything, 190, 100)).rows)
      expect(preview).toEqual(size ? taggedPayload(1, seq).subarray(0, 160) : new Uint8Array());
  });

  test.each<[string, string, (seq: number) => boolean]>([
    ['a direction', 'dir:out', (seq) => seq % 2 === 1 && seq % 10 !== 9],
    ['a kind', 'kind:timeout', (seq) => seq % 10 === 9],
    ['several kinds', 'kind:timeout,message,exit', () => true],
    ['both directions, which leaves out rows without one', 'dir:in,out', (s) => s % 10 !== 9],
    ['a kind in a direction it never has', 'dir:in kind:timeout', () => false],
  ])('filtered by %s are those and no others', async (_, filter, passes) => {
    await record(1, samples);
    const wanted = samples.flatMap((_, seq) => (passes(seq) ? [seq] : []));
    const page = await rows(1, filter, 100, 200);
    expect(page.total).toBe(wanted.length);
    expect(page.rows.map(({ seq }) => seq)).toEqual(wanted.slice(100, 300));
    expect(page.rows.every(({ seq, delta }) => delta === seq ** 2 - (seq - 1) ** 2)).toBe(true);
  });

  test('of a filter grow with what is committed later', async () => {
    const port = await record(1, samples);
    const filter = 'kind:timeout';
    expect((await rows(1, filter, 0, 0)).total).toBe(250);
    const done = committed(port, 2503);
    post(port, batchOf(1, 2500, [{ kind: 'timeout' }, {}, { kind: 'timeout' }]));
    await done;
    const page = await rows(1, filter, 249, 10);
    expect(page).toMatchObject({ total: 252, records: 2503 });
    expect(page.rows.map(({ seq }) => seq)).toEqual([2499, 2500, 2502]);
  });

  test('of a filter over several scans are complete for each of many that ask at once', async () => {
    const port = capture.connect(sessionOf(1));
    const done = committed(port, 250_000);
    for (let i = 0; i < 50; i++)
      post(
        port,
        batchOf(
          1,
          i * 5000,
          Array.from({ length: 5000 }, (_, k) => ({ direction: k % 2 ? 'in' : 'out' })),
        ),
      );
    await done;
    const pages = await Promise.all([0, 50_000, 124_999].map((from) => rows(1, 'dir:in', from, 1)));
    expect(pages.map(({ total }) => total)).toEqual([125_000, 125_000, 125_000]);
    expect(pages.map((page) => page.rows[0]?.seq)).toEqual([1, 100_001, 249_999]);
  });

  test('keep their order and distances where the clock was set back; its times are reported and filtered as they are', async () => {
    const hour = 3_600_000_000;
    const wallOf = (seq: number) => 1_700_000_000_000_000 + seq * 1000 - (seq < 600 ? 0 : hour);
    await record(
      1,
      Array.from({ length: 1000 }, (_, seq) => ({ wall: wallOf(seq), mono: seq * 1000, bytes: taggedPayload(1, seq) })),
    );
    const page = await rows(1, everything, 598, 4);
    expect(page.rows.map(({ seq, wall, delta }) => [seq, wall, delta])).toEqual(
      [598, 599, 600, 601].map((seq) => [seq, wallOf(seq), 1000]),
    );
    const late = await rows(1, `after:${new Date(wallOf(0) / 1000).toISOString()}`, 0, 1000);
    expect(late.rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 600 }, (_, seq) => seq));
    const timeline = await capture.ask('timeline', { session: 1, fromMono: 0, toMono: 1_000_000, buckets: 4 });
    expect(timeline.c2s.messages.reduce((a, b) => a + b)).toBe(1000);
    const at = { by: 'wall', wall: wallOf(700) } as const;
    const { position } = await capture.ask('position', { session: 1, filter: everything, at });
    expect(wallOf(position ?? Number.NaN)).toBeGreaterThanOrEqual(at.wall);
  });

  test('of two sessions that write at once keep apart and in order', async () => {
    const ports = [1, 2].map((id) => capture.connect(sessionOf(id)));
    const done = Promise.all(ports.map((port) => committed(port, 2000)));
    for (let seq = 0; seq < 2000; seq++)
      ports.forEach((port, i) => {
        post(port, batchOf(i + 1, seq, [{ bytes: taggedPayload(i + 1, seq) }]));
      });
    await done;
    for (const id of [1, 2]) {
      const page = await rows(id, everything, 0, 1000);
      expect(page.total).toBe(2000);
      expect(page.rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 1000 }, (_, seq) => seq));
      for (const seq of [0, 999, 1000, 1999]) expect(await payload(id, seq)).toEqual(taggedPayload(id, seq));
    }
  });

  test('of a session that is not in the capture are refused', async () => {
    await expect(rows(7, everything, 0, 1)).rejects.toMatchObject({ code: 'no-such-session' });
  });
});

describe('payloads', () => {
  test('come back in slices that end where they end', async () => {
    const bytes = taggedPayload(1, 5, 300);
    await record(1, [{ bytes: taggedPayload(1, 0) }, { bytes }, { bytes: taggedPayload(1, 2) }]);
    expect(await payload(1, 1)).toEqual(bytes);
    expect(await payload(1, 1, 290, 100)).toEqual(bytes.subarray(290));
    expect(await payload(1, 1, 10, 20)).toEqual(bytes.subarray(10, 30));
    expect(await payload(1, 1, 300, 1)).toEqual(new Uint8Array());
  });

  test('that are not there are an error that says how many there are', async () => {
    await record(1, [{}, {}]);
    await expect(payload(1, 2)).rejects.toMatchObject({
      code: 'no-such-record',
      message: 'Session 1 has no record 2 in the capture: 2 are committed, counted from 0.',
    });
  });

  test('of 64 MiB are kept whole, between small ones', async () => {
    const size = 64 * 1024 * 1024;
    const large = taggedPayload(1, 1, size).map((_, i) => (i * 7) & 0xff);
    await record(1, [{ bytes: taggedPayload(1, 0) }, { bytes: large }, { bytes: taggedPayload(1, 2) }]);
    const page = await rows(1, everything, 0, 3);
    expect(page.rows.map((row) => row.size)).toEqual([32, size, 34]);
    expect(page.rows[1]?.preview).toEqual(large.subarray(0, 160));
    for (let at = 0; at < size; at += 1 << 20)
      expect(Buffer.compare(await payload(1, 1, at), large.subarray(at, at + (1 << 20)))).toBe(0);
    expect(await payload(1, 2)).toEqual(taggedPayload(1, 2));
  });

  test('over many chunks are found each in its own', async () => {
    const sizes = Array.from({ length: 400 }, (_, seq) => (seq * 7919) % 9000);
    await record(
      1,
      sizes.map((size, seq) => ({ bytes: size < 8 ? new Uint8Array(size) : taggedPayload(1, seq, size) })),
    );
    for (const [seq, size] of sizes.entries())
      expect(await payload(1, seq)).toEqual(size < 8 ? new Uint8Array(size) : taggedPayload(1, seq, size));
  });
});

test.each([
  ['NUL', 'before\0after'],
  ['half a surrogate pair', 'a\ud800b\udc00c'],
  ['SQL', "'; DROP TABLE record; --"],
  ['HTML', '<img src=x onerror=alert(1)>&amp;'],
  ['bidi and control characters', '\u202eabc\u0007\u001b[31m\u200b\ufeff'],
  ['emptiness', ''],
  ['emoji', '👩‍👩‍👧 ✓'],
])('text with %s is kept whole in detail and payload', async (_, text) => {
  const bytes = new Uint8Array(Buffer.from(text, 'utf16le'));
  await record(1, [{ kind: 'error', direction: null, code: 'os-error', detail: text, bytes }]);
  const page = await rows(1, everything, 0, 1);
  expect(page.rows[0]).toMatchObject({ kind: 'error', code: 'os-error', detail: text });
  expect(await payload(1, 0)).toEqual(bytes);
});

describe("a batch that can't be right", () => {
  const changedTo = (change: object) => {
    const good = batchOf(1, 2, [{ bytes: taggedPayload(1, 2) }]);
    return { ...good, records: good.records.map((record) => ({ ...record, ...change })) };
  };
  test.each([
    ['leaves a gap', batchOf(1, 3, [{}]), 'record 2 was expected and record 3 came'],
    ['comes twice', batchOf(1, 1, [{}]), 'record 2 was expected and record 1 came'],
    ['is of another session', batchOf(9, 2, [{}]), 'a batch of session 9 came through its port'],
    ['points beyond its payload', changedTo({ size: 99 }), 'claims 99 bytes at 0 of a payload of 34'],
    ['has an unknown kind', changedTo({ kind: 'toString' }), 'is of the unknown kind toString'],
    ['has a time that is not a whole number', changedTo({ mono: 0.5 }), 'not a whole number of microseconds'],
  ])('because it %s ends its session with the reason, and no other', async (_, batch, reason) => {
    const other = capture.connect(sessionOf(2));
    const port = await record(1, [{}, {}]);
    const refusal = reply(port, (got) => 'failure' in got);
    const gone = closed(port);
    post(port, batch);
    expect(await refusal).toMatchObject({ failure: { code: 'internal', message: expect.stringContaining(reason) } });
    await gone;
    const done = committed(other, 1);
    post(other, batchOf(2, 0, [{}]));
    await done;
    expect((await rows(1, everything, 0, 10)).total).toBe(2);
    expect(capture.state.state).toBe('capturing');
  });
});

test('changes are reported at most 30 times a second', async () => {
  const port = capture.connect(sessionOf(1));
  const times: number[] = [];
  capture.onChange(() => times.push(performance.now()));
  for (let seq = 0; seq < 200; seq++) {
    const done = committed(port, seq + 1);
    post(port, batchOf(1, seq, [{}]));
    await done;
  }
  await changed(capture, () => capture.committed(1) === 200);
  const span = (times.at(-1) as number) - (times[0] as number);
  expect(times.length).toBeGreaterThan(3);
  expect((times.length - 1) / span).toBeLessThanOrEqual(0.032);
});

test("a folder that can't be made is an error with path, reason and cure", async () => {
  const file = join(folder.path, 'file');
  writeFileSync(file, '');
  const failure = await openCapture({ folder: join(file, 'captures'), workerPath }).catch((error) => error);
  expect(failure).toMatchObject({ code: 'capture-failed' });
  expect(failure.message).toContain(`No capture can be written in ${join(file, 'captures')}`);
  expect(failure.message).toMatch(/a file is where a folder is needed\. Choose another data folder\.|does not exist/);
});
