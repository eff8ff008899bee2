import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Sample, temporaryDisk } from '../capture/testing.ts';
import { openForWriting } from '../capture/write/create.ts';
import { sample } from '../sample.testing.ts';
import { type Bench, captureOf, exported, filesIn, imported, openJobs } from './testing.ts';

/** Complete files are written here, on machines that may be busy. */
vi.setConfig({ testTimeout: 60_000 });

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function open(options: Parameters<typeof openJobs>[0] = {}): Bench {
  const bench = openJobs(options);
  undo.push(() => bench.close());
  return bench;
}

const capturesOf = ({ folder }: Bench) => filesIn(join(folder, 'captures'));

/** Everything that a log can contain. */
const SAMPLES: readonly Sample[] = [
  { kind: 'opened', direction: null, detail: 'Local\\X opened' },
  { bytes: Buffer.from('hällo "x"\r\n\u202e<b>\0=1+1') },
  { bytes: Buffer.from([0, 255, 254, 128]), direction: 'out' },
  { bytes: Buffer.from('\ufeffBOM') },
  { bytes: Buffer.alloc(0) },
  { bytes: Buffer.from([0xed, 0xa0, 0x80]) },
  { kind: 'timeout', direction: null },
  { kind: 'anomaly', code: 'spurious-wake', detail: 'again and again', count: 427_650 },
  { kind: 'anomaly', code: 'torn-read', detail: 'half \ud800, NUL \0, \u2028', bytes: Buffer.from([1, 2]) },
  { kind: 'error', direction: null, code: 'os-error', detail: '' },
  { wall: -1, mono: 5 },
  { wall: 1_700_000_000_000_000, unreadMicros: 1234, bytes: Buffer.from('clock set back') },
  { kind: 'exit' },
  { kind: 'closed', direction: null },
];

const HEAD = {
  ...{ format: 'shmscope', version: 1, role: 'client', section: 'Local\\A', eventS2c: 'B', eventC2s: 'C' },
  ...{ openedAt: 1_700_000_000_000_000, records: 1 },
};
const SESSION = { role: 'server', section: 'X', eventS2c: 'Y', eventC2s: 'Z', openedAt: 2 };
const OPENED = {
  ...{ seq: 0, time: '1970-01-01T00:00:00.000002Z', kind: 'opened', size: 0, detail: 'Opened.', wall: 2, mono: 0 },
  session: SESSION,
};
const RECORD = {
  ...{ seq: 0, time: '1970-01-01T00:00:00.000001Z', kind: 'message', direction: 'in', size: 1, text: 'x' },
  ...{ wall: 1, mono: 1 },
};

/** A log with these lines; objects become JSON. */
const log = (...lines: readonly (string | object)[]) =>
  Buffer.from(lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));

describe('an imported log', () => {
  test('is exported again byte for byte', async () => {
    const bench = open();
    const capture = captureOf(bench.folder, SAMPLES, { role: 'client', section: 'Global\\Ünï', openedAt: 1 });
    mark(capture, 1, 'look\0', null);
    mark(capture, 2, '', 'a note\n\ud800');
    const first = await exported(bench, capture, 'jsonl');
    const bytes = readFileSync(first.file as string);
    for (const chunk of [1, 100, 1024 * 1024]) {
      const job = await imported(bench, bytes, chunk);
      expect(job).toMatchObject({ state: 'done', failure: null, note: null, done: bytes.length, total: bytes.length });
      const again = await exported(bench, job.file as string, 'jsonl');
      expect(readFileSync(again.file as string, 'utf8')).toBe(bytes.toString());
    }
  });

  test('of the version before is exported again byte for byte', async () => {
    const bench = open();
    const bytes = readFileSync(join(import.meta.dirname, 'fixtures/schema-4.jsonl'));
    const job = await imported(bench, bytes);
    const again = await exported(bench, job.file as string, 'jsonl');
    expect(readFileSync(again.file as string, 'utf8')).toBe(bytes.toString());
  });

  test('keeps each record of the capture that it was exported from', async () => {
    const bench = open();
    const capture = captureOf(bench.folder, SAMPLES);
    const { file } = await exported(bench, capture, 'jsonl');
    const job = await imported(bench, readFileSync(file as string));
    expect(rowsOf(job.file as string)).toEqual(rowsOf(capture));
  });

  const LARGE = [
    ['bytes', 255],
    ['text', 'é"\\\n💾'],
    ['control characters', 0],
  ] as const;
  test.each(sample(LARGE, 0))(
    'keeps 64 MiB of %s',
    async (_, filling) => {
      const bytes = Buffer.alloc(64 * 1024 * 1024, filling);
      const bench = open();
      const { file } = await exported(bench, captureOf(bench.folder, [{ bytes }]), 'jsonl');
      const job = await imported(bench, readFileSync(file as string), 1024 * 1024);
      expect(job.failure).toBeNull();
      const db = new DatabaseSync(job.file as string, { readOnly: true });
      undo.push(() => db.close());
      const { data } = db.prepare('SELECT data FROM chunk').get() as { data: Uint8Array };
      expect(Buffer.compare(data, bytes)).toBe(0);
    },
    60_000,
  );

  test('stands in the captures folder, for its owner alone, with nothing beside it', async () => {
    const bench = open();
    const job = await imported(bench, log({ ...HEAD, section: 'Local\\..' }, RECORD));
    expect(dirname(job.file as string)).toBe(join(bench.folder, 'captures'));
    expect(statSync(job.file as string).mode & 0o777).toBe(0o600);
    expect(capturesOf(bench)).toEqual([basename(job.file as string)]);
    expect(basename(job.file as string)).toMatch(/^imported-__-\d{8}-\d{6}\.sqlite$/);
  });

  test('of a part of a log is numbered again, and says so', async () => {
    const bench = open();
    const job = await imported(bench, log({ ...HEAD, records: 2 }, { ...RECORD, seq: 7 }, { ...RECORD, seq: 9 }));
    expect(job).toMatchObject({ state: 'done', note: expect.stringContaining('renumbered from 0') });
    expect(rowsOf(job.file as string).map(({ seq }) => seq)).toEqual([0, 1]);
  });

  test('may lack its last line feed, and may have carriage returns', async () => {
    const bench = open();
    expect(await imported(bench, log(HEAD, RECORD).subarray(0, -1))).toMatchObject({ state: 'done' });
    const windows = Buffer.from(log(HEAD, RECORD).toString().replaceAll('\n', '\r\n'));
    expect(await imported(bench, windows)).toMatchObject({ state: 'done' });
  });
});

describe('a file of records is imported', () => {
  const lines = [{ ...HEAD, records: 2 }, RECORD, { ...RECORD, seq: 1, size: 2, text: 'ü' }];
  const plain = log(...lines).toString();
  const bom = (text: string, encoding: 'utf8' | 'utf16le') => Buffer.from(`\ufeff${text}`, encoding);
  const whole = { state: 'done', failure: null, note: null };

  test.each<[string, Buffer]>([
    ['with a byte order mark', bom(plain, 'utf8')],
    ['in UTF-16, as Windows PowerShell writes it', bom(plain.replaceAll('\n', '\r\n'), 'utf16le')],
    ['in UTF-16 of the other byte order', bom(plain, 'utf16le').swap16()],
    ['with blank lines anywhere', Buffer.from(`\n\r\n \t\n${plain.replaceAll('\n', '\n\n')}\r\n  `)],
    ['without its last line feed', Buffer.from(plain.trimEnd())],
  ])('%s', async (_, bytes) => {
    const bench = open();
    for (const chunk of [1, 7, 64 * 1024]) {
      const job = await imported(bench, bytes, chunk);
      expect(job).toMatchObject(whole);
      const again = await exported(bench, job.file as string, 'jsonl');
      expect(readFileSync(again.file as string, 'utf8')).toBe(plain);
    }
  });

  test('as the command line writes it, with or without a first line, and without a number of records', async () => {
    const bench = open();
    const { records: _, ...head } = HEAD;
    const typed = { ...RECORD, fields: { id: 1, inner: { name: 'a' } } };
    for (const bytes of [log(head, RECORD), log(head, typed), log(OPENED, { ...RECORD, seq: 1 })]) {
      const job = await imported(bench, bytes);
      expect(job).toMatchObject(whole);
      expect(rowsOf(job.file as string).length).toBeGreaterThan(0);
    }
  });

  test('that holds several logs behind each other, as a session each', async () => {
    const bench = open();
    const { records: _, ...head } = HEAD;
    const second = Buffer.concat([Buffer.from('\ufeff'), log(OPENED, { ...RECORD, seq: 1 })]);
    const job = await imported(bench, Buffer.concat([log(HEAD, RECORD), second, log(head, RECORD)]));
    expect(job).toMatchObject({ state: 'done', note: 'The file holds 3 logs: each is a session of the capture.' });
    expect(
      rowsOf(job.file as string)
        .map(({ session, seq }) => [session, seq])
        .toSorted(),
    ).toEqual([
      [1, 0],
      [2, 0],
      [2, 1],
      [3, 0],
    ]);
    expect(basename(job.file as string)).toMatch(/^imported-A-/);
  });

  test.each<[string, string | Buffer]>([
    ['at its end', plain.slice(0, -30)],
    ['within a character', Buffer.from(plain).subarray(0, Buffer.from(plain).indexOf('ü') + 1)],
    ['in UTF-16', bom(plain, 'utf16le').subarray(0, -31)],
  ])('that breaks off %s, up to there, and it is reported', async (_, bytes) => {
    const bench = open();
    const job = await imported(bench, Buffer.from(bytes));
    expect(job).toMatchObject({ state: 'done', failure: null });
    expect(job.note).toBe(
      'A log ends in the middle of a line, which was skipped. Of the 2 records announced in its first line, 1 are there.',
    );
    expect(rowsOf(job.file as string)).toHaveLength(1);
  });

  test('in which one log breaks off before the next', async () => {
    const bench = open();
    const { records: _, ...head } = HEAD;
    const job = await imported(bench, log(head, RECORD, '{"seq":1,"ti', head, RECORD));
    expect(job.note).toContain('A log ends in the middle of a line');
    expect(rowsOf(job.file as string)).toHaveLength(2);
  });
});

describe('a faulty line', () => {
  const without = (key: string) => Object.fromEntries(Object.entries(RECORD).filter(([name]) => name !== key));
  const deep = `${'['.repeat(100_000)}`;
  const long = (more: string) => `{"seq":0,"time":"${RECORD.time}","kind":"message","direction":"in",${more}`;

  test.each<[string, Buffer, number, RegExp]>([
    ['no JSON', log(HEAD, 'x'), 2, /not JSON/],
    ['half a record that another follows', log({ ...HEAD, records: 2 }, RECORD, '{"seq":1', RECORD), 3, /not JSON/],
    ['half a record that a line feed ends', log({ ...HEAD, records: 2 }, RECORD, '{"seq":1'), 3, /not JSON/],
    [
      'UTF-16 in UTF-8',
      Buffer.concat([log(HEAD), Buffer.from(JSON.stringify(RECORD), 'utf16le')]),
      2,
      /UTF-16 is appended/,
    ],
    ['text of another encoding', log(HEAD, { ...RECORD, size: 2, text: 'Ã¼' }), 2, /saved in another encoding/],
    ['a session in a message', log(HEAD, { ...RECORD, session: SESSION }), 2, /only an opened record/],
    ['deep nesting', log(HEAD, deep), 2, /./],
    ['an array', log(HEAD, '[]'), 2, /./],
    ['null', log(HEAD, 'null'), 2, /./],
    ['an unknown key', log(HEAD, { ...RECORD, x: 1 }), 2, /x/],
    ['__proto__', log(HEAD, JSON.stringify(RECORD).replace('{', '{"__proto__":{"size":1},')), 2, /__proto__/],
    ['no number', log(HEAD, without('seq')), 2, /seq/],
    ['a number that goes back', log({ ...HEAD, records: 2 }, RECORD, RECORD), 3, /number 0 comes after 0/],
    ['a negative number', log(HEAD, { ...RECORD, seq: -1 }), 2, /seq must be at least 0/],
    ['half a number', log(HEAD, { ...RECORD, seq: 0.5 }), 2, /seq must be a whole number/],
    ['an unknown kind', log(HEAD, { ...RECORD, kind: 'x' }), 2, /kind/],
    ['an unknown direction', log(HEAD, { ...RECORD, direction: 'up' }), 2, /direction/],
    ['a wrong size', log(HEAD, { ...RECORD, size: 2 }), 2, /payload has 1 bytes but its size is given as 2/],
    ['a size beyond all', log(HEAD, { ...RECORD, size: 2 ** 40 }), 2, /size must be at most/],
    ['no payload', log(HEAD, without('text')), 2, /payload is missing/],
    ['two payloads', log(HEAD, { ...RECORD, hex: '78' }), 2, /both text and hex/],
    ['odd hex', log(HEAD, { ...without('text'), hex: '7' }), 2, /hex is not hex/],
    ['hex that is none', log(HEAD, { ...without('text'), hex: 'zz' }), 2, /hex is not hex/],
    ['half a surrogate', log(HEAD, { ...RECORD, size: 3, text: '\ud800' }), 2, /surrogate/],
    ['a time of another clock', log(HEAD, { ...RECORD, wall: 2 }), 2, /time and its wall clock disagree/],
    ['a time beyond all', log(HEAD, { ...RECORD, wall: 1e300 }), 2, /wall must be/],
    ['SQL for a code', log(HEAD, { ...RECORD, code: "'); DROP TABLE record" }), 2, /code is not a code/],
    ['bytes that are no UTF-8', Buffer.concat([log(HEAD), Buffer.from([34, 255, 34, 10])]), 2, /not valid UTF-8/],
    ['1 MiB of nothing', log(HEAD, ' '.repeat(1024 * 1024 + 1)), 2, /longer than 1 MiB/],
    [
      'a long line that claims to be short',
      log(HEAD, long(`"size":1,"hex":"${'0'.repeat(3_000_000)}"}`)),
      2,
      /longer than its stated size/,
    ],
    [
      'a long line that claims to be longer',
      log(HEAD, long(`"size":900000,"hex":"${'0'.repeat(1_700_000)}"}`)),
      2,
      /900000 bytes/,
    ],
    ['long hex that is none', log(HEAD, long(`"size":900000,"hex":"${'0z'.repeat(900_000)}"}`)), 2, /hex/],
    ['long text without an end', log(HEAD, long(`"size":900000,"text":"${'x'.repeat(1_700_000)}`)), 2, /./],
    [
      'long text with a broken escape',
      log(HEAD, long(`"size":1000000,"text":"\\x${'x'.repeat(1_100_000)}"}`)),
      2,
      /not JSON/,
    ],
    [
      'long text behind which another follows',
      log(HEAD, long(`"size":1100000,"text":"${'x'.repeat(1_100_000)}","text":"y","wall":1,"mono":1}`)),
      2,
      /twice/,
    ],
    [
      'a size in a long line beyond all',
      log(HEAD, long(`"size":999999999,"text":"${'x'.repeat(1_700_000)}"}`)),
      2,
      /more than a message can have/,
    ],
  ])('with %s is named with its number and reason, and nothing is kept', async (_, bytes, line, reason) => {
    const bench = open();
    const job = await imported(bench, bytes);
    expect(job).toMatchObject({ state: 'failed', file: null, failure: { code: 'import-invalid' } });
    expect(job.failure?.message).toMatch(new RegExp(`^log\\.jsonl can't be imported: line ${line} is faulty: `));
    expect(job.failure?.message).toMatch(reason);
    expect(capturesOf(bench)).toEqual([]);
  });

  test('behind 10,000 good ones takes them along', async () => {
    const bench = open();
    const good = Array.from({ length: 10_000 }, (_, seq) => ({ ...RECORD, seq }));
    const job = await imported(bench, log({ ...HEAD, records: 10_001 }, ...good, '{'));
    expect(job.failure?.message).toContain('line 10002 is faulty');
    expect(capturesOf(bench)).toEqual([]);
  });
});

describe('a file', () => {
  test.each<[string, Buffer, RegExp]>([
    [
      'of another program',
      Buffer.from('{"a":1}\n'),
      /line 1 is faulty: it isn't the first line of a Shmscope JSON Lines export/,
    ],
    ['without a session', log(RECORD), /line 1 is faulty: it isn't the first line/],
    ['of blank lines', Buffer.from('\n \n'), /it is empty/],
    [
      'in UTF-16 without a mark',
      Buffer.from(JSON.stringify(HEAD), 'utf16le'),
      /line 1 is faulty: it is UTF-16 without a byte order mark/,
    ],
    ['in UTF-32', Buffer.from('fffe00007b000000', 'hex'), /it is UTF-32/],
    ['that is compressed', Buffer.from('1f8b0800', 'hex'), /it is compressed/],
    ['of one byte', Buffer.from('{'), /line 1 is faulty: it is not JSON/],
    ['that is a database', Buffer.from('SQLite format 3\0'), /line 1 is faulty: it isn't JSON/],
    ['of a newer version', log({ ...HEAD, version: 2, new: true }, RECORD), /newer Shmscope \(format version 2\)/],
    ['with a name that is none', log({ ...HEAD, section: 'a\0' }, RECORD), /line 1 is faulty: section/],
    ['with too few records', log({ ...HEAD, records: 2 }, RECORD), /holds 1 records but its first line announces 2/],
    ['with too many records', log(HEAD, RECORD, { ...RECORD, seq: 1 }), /line 3 is faulty: the first line announces 1/],
  ])('%s is refused and nothing is kept', async (_, bytes, reason) => {
    const bench = open();
    const job = await imported(bench, bytes);
    expect(job).toMatchObject({ state: 'failed', failure: { code: 'import-invalid' } });
    expect(job.failure?.message).toMatch(reason);
    expect(capturesOf(bench)).toEqual([]);
  });

  test('that is shorter or longer than announced is refused', async () => {
    const bench = open();
    const bytes = new Uint8Array(log(HEAD, RECORD));
    for (const [size, reason] of [
      [bytes.length + 1, /ended after/],
      [bytes.length - 1, /larger than the announced/],
    ] as const) {
      const { id } = bench.jobs.startImport({ name: 'log.jsonl', size });
      const job = bench.jobs.get(id);
      await job.addChunk(bytes).then(
        () => job.addEnd(),
        () => {},
      );
      await job.ended;
      expect(job.snapshot.failure?.message).toMatch(reason);
    }
    expect(capturesOf(bench)).toEqual([]);
  });
});

describe('while a file comes in', () => {
  test('one chunk at a time is taken', async () => {
    const bench = open();
    const bytes = new Uint8Array(log(HEAD, RECORD));
    const job = bench.jobs.get(bench.jobs.startImport({ name: 'log.jsonl', size: bytes.length }).id);
    const first = job.addChunk(bytes.slice(0, 10));
    await expect(job.addChunk(bytes.slice(10))).rejects.toMatchObject({ code: 'busy' });
    await first;
    await job.addChunk(bytes.slice(10));
    job.addEnd();
    expect(() => job.addEnd()).toThrow(/takes no more bytes/);
    await job.ended;
    expect(job.snapshot.state).toBe('done');
    await expect(job.addChunk(bytes)).rejects.toMatchObject({ code: 'closed' });
  });

  test('the chunk that was wrong is answered with what is wrong', async () => {
    const bench = open();
    const job = bench.jobs.get(bench.jobs.startImport({ name: 'log.jsonl', size: 100 }).id);
    await expect(job.addChunk(new Uint8Array(Buffer.from('nonsense\n')))).rejects.toMatchObject({
      code: 'import-invalid',
    });
    await job.ended;
    await expect(job.addChunk(new Uint8Array(1))).rejects.toMatchObject({ code: 'import-invalid' });
  });

  test('a cancel leaves nothing', async () => {
    const bench = open();
    const job = bench.jobs.get(bench.jobs.startImport({ name: 'log.jsonl', size: 10_000 }).id);
    await job.addChunk(new Uint8Array(log(HEAD, RECORD)));
    expect(capturesOf(bench).length).toBeGreaterThan(0);
    job.cancel();
    await job.ended;
    expect(job.snapshot).toMatchObject({ state: 'cancelled', failure: null, file: null });
    expect(capturesOf(bench)).toEqual([]);
  });

  test('a page that sends no more ends it with a reason', async () => {
    const bench = open({ idleMs: 100 });
    const job = bench.jobs.get(bench.jobs.startImport({ name: 'log.jsonl', size: 10_000 }).id);
    await job.addChunk(new Uint8Array(log(HEAD, RECORD)));
    await job.ended;
    expect(job.snapshot).toMatchObject({ state: 'failed', failure: { code: 'import-failed' } });
    expect(job.snapshot.failure?.message).toContain('no data arrived for 0.1 s');
    expect(capturesOf(bench)).toEqual([]);
  });

  test('a full disk is reported and leaves nothing', async () => {
    const disk = temporaryDisk('size=4m');
    undo.push(() => disk.remove());
    const bench = open({ path: disk.path });
    const records = 20_000;
    const lines = Array.from({ length: records }, (_, seq) => ({ ...RECORD, seq, size: 500, text: 'x'.repeat(500) }));
    const job = await imported(bench, log({ ...HEAD, records }, ...lines));
    expect(job).toMatchObject({ state: 'failed', failure: { code: 'import-failed' } });
    expect(job.failure?.message).toMatch(/can't be written to .*captures: the disk is full/);
    expect(capturesOf(bench)).toEqual([]);
  });

  test('bytes for an export are refused', async () => {
    const bench = open();
    const job = await exported(bench, captureOf(bench.folder, [{ bytes: Buffer.from('x') }]), 'csv');
    await expect(bench.jobs.get(job.id).addChunk(new Uint8Array(1))).rejects.toMatchObject({
      code: 'invalid-argument',
    });
  });
});

function mark(capture: string, seq: number, label: string | null, note: string | null): void {
  const db = openForWriting(capture);
  const stored = (text: string | null) => text && Buffer.from(text, 'utf16le');
  db.prepare('INSERT INTO mark (session, seq, label, note) VALUES (1, ?, ?, ?)').run(seq, stored(label), stored(note));
  db.close();
}

function rowsOf(capture: string) {
  const db = new DatabaseSync(capture, { readOnly: true });
  const rows = db.prepare('SELECT * FROM record ORDER BY seq').all();
  db.close();
  return rows;
}
