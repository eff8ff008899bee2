import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { HTML_RECORDS } from '../capture/export/html.ts';
import { fileNameOf } from '../capture/store/publish.ts';
import { temporaryFile } from '../capture/store/temporary.ts';
import { batchOf, temporaryDisk } from '../capture/testing.ts';
import { isExhaustive, sample } from '../sample.testing.ts';
import { type Bench, captureOf, captureOfBatches, exported, exportedText, filesIn, openJobs } from './testing.ts';

/** Complete files are written here, on machines that may be busy. */
vi.setConfig({ testTimeout: 60_000 });

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function open(path?: string): Bench {
  const bench = openJobs(path === undefined ? {} : { path });
  undo.push(() => bench.close());
  return bench;
}

const bytes = (text: string) => ({ bytes: Buffer.from(text) });

/** `count` records of `size` bytes each. */
function* batches(count: number, size: number) {
  const payload = Buffer.alloc(size, 'x');
  for (let first = 0; first < count; first += 1000)
    yield batchOf(1, first, Array(Math.min(1000, count - first)).fill({ bytes: payload }));
}

const exportsOf = ({ folder }: Bench) => filesIn(join(folder, 'exports'));
const seqsOf = (jsonl: string) =>
  jsonl
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line).seq);

describe('what is exported', () => {
  const samples = Array.from({ length: 20 }, (_, i) => ({
    ...bytes(`record ${i}`),
    direction: i % 2 ? ('out' as const) : ('in' as const),
  }));

  test('a selection holds each of its records once and in order, and none that there is not', async () => {
    const bench = open();
    const file = captureOf(bench.folder, samples);
    const ranges: [number, number][] = [
      [17, 4000],
      [3, 5],
      [4, 6],
      [0, 0],
      [9000, 9001],
    ];
    const text = await exportedText(bench, file, 'jsonl', { what: 'selection', filter: '', ranges });
    expect(seqsOf(text)).toEqual([0, 3, 4, 5, 6, 17, 18, 19]);
    expect(JSON.parse(text.split('\n')[0] as string).records).toBe(8);
  });

  test.each(['jsonl', 'csv', 'text', 'hex', 'html'] as const)(
    "a selection in a filter's result holds what passes the filter there, in %s",
    async (format) => {
      const bench = open();
      const ranges: [number, number][] = [
        [15, Number.MAX_SAFE_INTEGER],
        [4, 7],
      ];
      const scope = { what: 'selection', filter: 'dir:out', ranges } as const;
      const job = await exported(bench, captureOf(bench.folder, samples), format, scope);
      expect(job).toMatchObject({ state: 'done', done: 5, total: 5 });
      const text = readFileSync(job.file as string, 'utf8');
      if (format === 'jsonl') expect(seqsOf(text)).toEqual([5, 7, 15, 17, 19]);
    },
  );

  test('a filter exports its result', async () => {
    const bench = open();
    const file = captureOf(bench.folder, samples);
    const text = await exportedText(bench, file, 'jsonl', {
      what: 'filter',
      filter: 'dir:out kind:message',
    });
    expect(seqsOf(text)).toEqual(Array.from({ length: 10 }, (_, i) => i * 2 + 1));
  });

  test('a filter in the filter language exports its result', async () => {
    const bench = open();
    const text = await exportedText(bench, captureOf(bench.folder, samples), 'jsonl', {
      what: 'filter',
      filter: 'text:"record 1" not(dir:out)',
    });
    expect(seqsOf(text)).toEqual([10, 12, 14, 16, 18]);
  });

  test('a session without records is exported as an empty log', async () => {
    const bench = open();
    const job = await exported(bench, captureOf(bench.folder, []), 'csv');
    expect(job).toMatchObject({ state: 'done', done: 0, total: 0 });
    expect(readFileSync(job.file as string, 'utf8').split('\r\n')).toHaveLength(2);
  });

  test('a page for a browser holds what a browser can show, and file and job say how much that is', async () => {
    const bench = open();
    const file = captureOfBatches(bench.folder, batches(HTML_RECORDS + 1000, 1));
    const job = await exported(bench, file, 'html');
    expect(job).toMatchObject({ state: 'done', total: HTML_RECORDS });
    expect(job.note).toContain('the first 100,000 of 101,000 records');
    const text = readFileSync(job.file as string, 'utf8');
    expect(text.match(/<tr class/g)).toHaveLength(HTML_RECORDS);
    expect(text).toContain('These are the first 100,000 records of 101,000.');
  });

  const LARGE = ['jsonl', 'html', 'csv', 'text', 'hex'] as const;
  test.each(sample(LARGE, 1))('a payload of 64 MiB goes into %s', async (format) => {
    const bench = open();
    const payload = Buffer.alloc(64 * 1024 * 1024, '"=<\u0001');
    const job = await exported(bench, captureOf(bench.folder, [{ bytes: payload }]), format);
    expect(job).toMatchObject({ state: 'done', done: 1 });
    expect(statSync(job.file as string).size).toBeGreaterThan(format === 'html' ? 4000 : payload.length);
  });

  test('a session that is not in the capture is reported to be missing', async () => {
    const bench = open();
    const { id } = bench.jobs.startExport(captureOf(bench.folder, samples), {
      session: 2,
      scope: { what: 'everything' },
      format: 'csv',
    });
    await bench.jobs.get(id).ended;
    expect(bench.jobs.get(id).snapshot).toMatchObject({ state: 'failed', failure: { code: 'no-such-session' } });
    expect(exportsOf(bench)).toEqual([]);
  });

  test('a capture that is not there is reported to be missing', async () => {
    const bench = open();
    const job = await exported(bench, join(bench.folder, 'missing.sqlite'), 'csv');
    expect(job).toMatchObject({ state: 'failed', file: null, failure: { code: 'no-such-capture' } });
  });
});

test('a damaged capture is exported as far as it can be read, and the job says how far', async () => {
  const bench = open();
  const file = captureOfBatches(bench.folder, batches(50_000, 1));
  breakPage(file);
  const job = await exported(bench, file, 'jsonl');
  expect(job.failure).toBeNull();
  expect(job.done).toBeGreaterThan(1000);
  expect(job.done).toBeLessThan(50_000);
  expect(job.note).toContain(`The capture is damaged: its first ${job.done.toLocaleString('en-US')} records`);
});

test('a filter with a mistake is answered with what is wrong', async () => {
  const bench = open();
  const file = captureOf(bench.folder, [bytes('x')]);
  const job = await exported(bench, file, 'csv', { what: 'filter', filter: 'size:>' });
  expect(job).toMatchObject({ state: 'failed', failure: { code: 'filter-invalid' } });
  expect(exportsOf(bench)).toEqual([]);
});

describe('a filter that would never end', () => {
  const scope = { what: 'filter', filter: '/^(a+)+$/' } as const;
  const endless = (bench: Bench) => captureOf(bench.folder, [bytes('a'), bytes(`${'a'.repeat(100)}b`)]);

  test('ends the export as it ends a search, and leaves nothing', async () => {
    const bench = open();
    const job = await exported(bench, endless(bench), 'csv', scope);
    expect(job).toMatchObject({ state: 'failed', file: null, failure: { code: 'filter-too-slow' } });
    expect(job.failure?.message).toMatch(/near record 0 its regular expression ran for more than 2 s\. Simplify it/);
    expect(exportsOf(bench)).toEqual([]);
  });

  test('is stopped by a cancel', async () => {
    const bench = open();
    const { id } = bench.jobs.startExport(endless(bench), { session: 1, scope, format: 'csv' });
    bench.jobs.get(id).cancel();
    await bench.jobs.get(id).ended;
    expect(bench.jobs.get(id).snapshot).toMatchObject({ state: 'cancelled', failure: null });
    expect(exportsOf(bench)).toEqual([]);
  });
});

describe('the file', () => {
  test('is for its owner alone', async () => {
    const bench = open();
    const { file } = await exported(bench, captureOf(bench.folder, [bytes('x')]), 'csv');
    expect(statSync(file as string).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file as string)).mode & 0o777).toBe(0o700);
  });

  test.each([
    '../../etc/passwd',
    'Local\\..',
    'Local\\..%2f..',
    'Global\\C:\\Windows',
    '/absolute',
    'a\0b',
    '.hidden',
    '-rf',
    'CON',
    'ü'.repeat(300),
    '💾\u202e',
    ' ',
  ])('stands in the exports folder for a section called %j', async (section) => {
    const bench = open();
    const { file } = await exported(bench, captureOf(bench.folder, [bytes('x')], { section }), 'csv');
    expect(dirname(file as string)).toBe(join(bench.folder, 'exports'));
    expect(basename(file as string)).toMatch(/^[\p{L}\p{N}_][\p{L}\p{N}_-]{0,39}-\d{8}-\d{6}\.csv$/u);
    expect(exportsOf(bench)).toEqual([basename(file as string)]);
  });

  test('keeps letters of every script in its name', () => {
    expect(fileNameOf('Local\\Прайс_価格-1')).toBe('Прайс_価格-1');
  });

  test('never takes the place of another', async () => {
    const bench = open();
    const file = captureOf(bench.folder, [bytes('x')]);
    const jobs = await Promise.all([1, 2, 3, 4].map(() => exported(bench, file, 'text')));
    expect(new Set(jobs.map((job) => job.file)).size).toBe(4);
    expect(exportsOf(bench)).toHaveLength(4);
  });
});

describe('a job', () => {
  test('tells progress that never goes back and ends at its total', async () => {
    const bench = open();
    const file = captureOfBatches(bench.folder, batches(60_000, 500));
    const { id } = await exported(bench, file, 'hex');
    const reported = bench.reported.filter((job) => job.id === id);
    const done = reported.map((job) => job.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(done.some((n) => n > 0 && n < 60_000)).toBe(true);
    expect(reported.at(-1)).toMatchObject({ state: 'done', done: 60_000, total: 60_000 });
  });

  test('that is cancelled leaves nothing', async () => {
    const bench = open();
    const file = captureOfBatches(bench.folder, batches(100_000, 500));
    const { id } = bench.jobs.startExport(file, { session: 1, scope: { what: 'everything' }, format: 'hex' });
    await expect.poll(() => bench.jobs.get(id).snapshot.done, { interval: 5 }).toBeGreaterThan(0);
    expect(exportsOf(bench)).toHaveLength(1);
    bench.jobs.get(id).cancel();
    await bench.jobs.get(id).ended;
    expect(bench.jobs.get(id).snapshot).toMatchObject({ state: 'cancelled', failure: null, file: null });
    expect(bench.jobs.get(id).snapshot.done).toBeLessThan(100_000);
    expect(exportsOf(bench)).toEqual([]);
  });

  test.runIf(isExhaustive)('that is cancelled within one large payload ends there', async () => {
    const bench = open();
    const file = captureOf(bench.folder, [{ bytes: Buffer.alloc(200 * 1024 * 1024, 1) }]);
    const { id } = bench.jobs.startExport(file, { session: 1, scope: { what: 'everything' }, format: 'hex' });
    await expect.poll(() => bench.jobs.get(id).snapshot.total, { interval: 5 }).toBe(1);
    bench.jobs.get(id).cancel();
    await bench.jobs.get(id).ended;
    // Noticed only after its single record, the job would have finished.
    expect(bench.jobs.get(id).snapshot.state).toBe('cancelled');
    expect(exportsOf(bench)).toEqual([]);
  });

  test('that finds the disk full says so and leaves nothing', async () => {
    const disk = temporaryDisk('size=4m');
    undo.push(() => disk.remove());
    const source = open();
    const file = captureOfBatches(source.folder, batches(50_000, 500));
    const bench = open(disk.path);
    const job = await exported(bench, file, 'jsonl');
    expect(job).toMatchObject({ state: 'failed', file: null, failure: { code: 'export-failed' } });
    expect(job.failure?.message).toContain(join(disk.path, 'exports'));
    expect(job.failure?.message).toMatch(/the disk is full\. Free some space there\./);
    expect(exportsOf(bench)).toEqual([]);
  });

  test('whose thread dies says so and leaves nothing', async () => {
    const bench = open();
    const worker = join(bench.folder, 'dies.mjs');
    writeFileSync(
      worker,
      `import { writeFileSync } from 'node:fs';
       import { workerData } from 'node:worker_threads';
       writeFileSync(workerData.job.task.temporary, 'half');
       process.exit(3);`,
    );
    mkdirSync(join(bench.folder, 'exports'));
    const dying = openJobs({ path: bench.folder, workerPath: worker });
    const job = await exported(dying, captureOf(bench.folder, [bytes('x')]), 'csv');
    expect(job).toMatchObject({ state: 'failed', file: null, failure: { code: 'worker-died' } });
    expect(job.failure?.message).toContain('exit code 3');
    expect(exportsOf(bench)).toEqual([]);
  });

  test('can be dismissed when it has ended, and its file stays', async () => {
    const bench = open();
    const { id, file } = await exported(bench, captureOf(bench.folder, [bytes('x')]), 'csv');
    expect(bench.jobs.fileOf(id)).toBe(file);
    bench.jobs.dismiss(id);
    expect(() => bench.jobs.get(id)).toThrow(/There is no job/);
    expect(exportsOf(bench)).toEqual([basename(file as string)]);
  });

  test('is one of four at a time', async () => {
    const bench = open();
    const file = captureOfBatches(bench.folder, batches(50_000, 500));
    const start = () => bench.jobs.startExport(file, { session: 1, scope: { what: 'everything' }, format: 'hex' });
    const ids = [1, 2, 3, 4].map(() => start().id);
    expect(start).toThrow(/4 exports and imports are running/);
    expect(() => bench.jobs.dismiss(ids[0] as number)).toThrow(/still running/);
  });

  test('ends with the app, and leaves nothing', async () => {
    const bench = open();
    const file = captureOfBatches(bench.folder, batches(50_000, 500));
    const { id } = bench.jobs.startExport(file, { session: 1, scope: { what: 'everything' }, format: 'hex' });
    await bench.jobs.close();
    expect(bench.jobs.get(id).snapshot.state).toBe('cancelled');
    expect(exportsOf(bench)).toEqual([]);
    expect(() => bench.jobs.startExport(file, { session: 1, scope: { what: 'everything' }, format: 'hex' })).toThrow(
      /is closing/,
    );
  });

  test('that was killed with its process leaves nothing after the next start', async () => {
    const first = open();
    const folder = join(first.folder, 'exports');
    mkdirSync(folder);
    const dead = temporaryFile(folder).replace(`-${process.pid}-`, '-999999999-');
    const alive = temporaryFile(folder).replace(`-${process.pid}-`, '-1-');
    for (const file of [dead, `${dead}-wal`, alive, join(folder, 'mine.csv')]) writeFileSync(file, 'x');
    open(first.folder);
    expect(filesIn(folder)).toEqual([basename(alive), 'mine.csv']);
  });
});

/** Overwrites a page of records in the middle: 0x0a starts a leaf of a table without row numbers, or of an index. */
function breakPage(file: string): void {
  const content = readFileSync(file);
  const leaves = Array.from({ length: content.length / 4096 }, (_, page) => page * 4096).filter(
    (at) => content[at] === 0x0a,
  );
  content.fill(0xff, leaves[leaves.length >> 1], (leaves[leaves.length >> 1] as number) + 4096);
  writeFileSync(file, content);
}
