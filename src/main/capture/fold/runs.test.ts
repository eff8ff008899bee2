import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Anomaly } from '../../../shared/domain.ts';
import { type Capture, openCapture } from '../capture.ts';
import { batchOf, committed, post, type Sample, sessionOf, takeBack, temporaryFolder, workerPath } from '../testing.ts';
import { createCapture } from '../write/create.ts';
import { Journal } from '../write/journal.ts';
import { migrate } from '../write/migrate.ts';
import { RunReader } from './runs.ts';

const TIMEOUT: Sample = { kind: 'timeout', detail: 'No message for 1 s.' };
const anomaly = (code: Anomaly, more: Sample = {}): Sample => ({ kind: 'anomaly', code, ...more });
const SPURIOUS = anomaly('spurious-wake');
const OVERRUN = anomaly('overrun', { direction: 'out' });

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** First and last record numbers. */
async function runsOf(db: DatabaseSync, session: number, compute = false): Promise<[number, number][]> {
  const { records } = db.prepare('SELECT max(seq) + 1 AS records FROM record WHERE session = ?').get(session) as {
    records: number;
  };
  const { firsts, lasts, length } = await new RunReader(db, { compute }).of(session, records);
  return Array.from({ length }, (_, i) => [firsts.at(i) as number, lasts.at(i) as number]);
}

describe('the runs in a file', () => {
  let db: DatabaseSync;
  let journal: Journal;
  beforeEach(() => {
    ({ db } = createCapture(folder.path));
    journal = new Journal(db);
    journal.write({ sessions: [sessionOf(1), sessionOf(2)], batches: [] });
  });
  afterEach(() => db.close());

  const write = (session: number, first: number, samples: readonly Sample[]) =>
    journal.write({ sessions: [], batches: [batchOf(session, first, samples)] });

  test('are those that its records have, however they were committed and for whatever a commit failed', async () => {
    const next = [0, 0];
    // Enough for several blocks in one session, and a growing run across commits in both.
    for (let group = 0; group < 400; group++) {
      const session = 1 + (group % 2);
      const at = next[session - 1] as number;
      const kind = (i: number) => (((group + i) >> 3) % 2 === 0 ? TIMEOUT : SPURIOUS);
      const samples = Array.from({ length: 1 + ((group * 7) % 13) }, (_, i) =>
        ((group * 31 + i * 17) >> 2) % 3 === 0 ? {} : kind(i),
      );
      if (group % 50 === 49) {
        expect(() => write(session, 0, [TIMEOUT, TIMEOUT])).toThrow('UNIQUE');
        if (group % 100 === 99) journal = new Journal(db);
      }
      write(session, at, samples);
      next[session - 1] = at + samples.length;
    }
    for (const session of [1, 2]) {
      const stored = await runsOf(db, session);
      expect(stored.length).toBeGreaterThan(100);
      expect(stored).toEqual(await runsOf(db, session, true));
    }
  });

  test('are read in blocks, also by who has read a part of them', async () => {
    const runs = new RunReader(db);
    const seen = [];
    for (let at = 0; at < 9000; at += 450) {
      write(1, at, Array(150).fill([{}, TIMEOUT, TIMEOUT]).flat());
      seen.push((await runs.of(1, at + 450)).length);
    }
    expect(db.prepare('SELECT count(*) AS n FROM run').get()?.n).toBeGreaterThan(3);
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => 150 * (i + 1)));
    expect(await runsOf(db, 1)).toEqual(await runsOf(db, 1, true));
  });

  test('lose the blocks that retention has removed all records of', async () => {
    const samples = Array(3000).fill([{}, TIMEOUT, TIMEOUT]).flat();
    write(1, 0, samples);
    const blocks = () => db.prepare('SELECT count(*) AS n FROM run').get()?.n as number;
    const before = blocks();
    while (journal.trimmer.step({ maxBytes: 1, oldest: null }));
    expect(before).toBeGreaterThan(4);
    expect(blocks()).toBe(1);
    write(1, samples.length, [TIMEOUT, {}]);
    expect((await runsOf(db, 1)).at(-1)).toEqual([samples.length - 2, samples.length]);
  });

  test('of an older version are computed when it is brought to this one', async () => {
    write(1, 0, [TIMEOUT, TIMEOUT, {}, TIMEOUT, {}, TIMEOUT, TIMEOUT, TIMEOUT]);
    write(2, 0, [{}, TIMEOUT, TIMEOUT]);
    takeBack(db, 2);
    migrate(db);
    expect(await runsOf(db, 1)).toEqual([
      [0, 1],
      [5, 7],
    ]);
    expect(await runsOf(db, 2)).toEqual([[1, 2]]);
  });

  test('are of timeouts, or of one anomaly in one direction, and end where another follows', async () => {
    write(1, 0, [TIMEOUT, SPURIOUS, SPURIOUS, anomaly('spurious-wake', { direction: 'out' }), OVERRUN, OVERRUN]);
    write(1, 6, [OVERRUN, anomaly('lost-wake'), TIMEOUT, TIMEOUT, SPURIOUS]);
    write(1, 11, [SPURIOUS, { kind: 'error', code: 'internal' }, { kind: 'error', code: 'internal' }]);
    const wanted = [
      [1, 2],
      [4, 6],
      [8, 9],
      [10, 11],
    ];
    expect(await runsOf(db, 1)).toEqual(wanted);
    expect(await runsOf(db, 1, true)).toEqual(wanted);
  });

  test('of a capture of version 3 are those of its records, and each record counts once', async () => {
    write(1, 0, [TIMEOUT, TIMEOUT, SPURIOUS, SPURIOUS, SPURIOUS]);
    takeBack(db, 3);
    db.exec("INSERT INTO silence VALUES (1, 0, 1, x'0000000001000000')");
    migrate(db);
    expect(await runsOf(db, 1)).toEqual([
      [0, 1],
      [2, 4],
    ]);
    expect(db.prepare('SELECT total(count) AS n FROM record').get()?.n).toBe(5);
    expect(db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'silence'").get()).toBeUndefined();
  });

  test('are computed where their table is damaged or gone', async () => {
    write(1, 0, [TIMEOUT, TIMEOUT, {}]);
    const runs = new RunReader(db);
    db.exec('DROP TABLE run');
    expect((await runs.of(1, 3)).length).toBe(1);
  });

  test('that make no sense fold nothing', async () => {
    write(1, 0, Array(9).fill(TIMEOUT));
    const spans = db.prepare('UPDATE run SET spans = ?');
    spans.run(new Uint8Array(Uint32Array.of(1, 3, 3, 8).buffer));
    expect(await runsOf(db, 1)).toEqual([[1, 3]]);
    spans.run(new Uint8Array(7));
    expect(await runsOf(db, 1)).toEqual([]);
  });
});

describe('a log in which runs are folded', () => {
  let capture: Capture;
  beforeEach(async () => {
    capture = await openCapture({ folder: folder.path, workerPath });
  });
  afterEach(() => capture.close());

  const listing = (filter = '', unfolded: number[] = []) => ({ session: 1, filter, fold: { unfolded } });
  /** Rows in words: number, or first and last of a run. */
  const rows = async (more: { filter?: string; unfolded?: number[]; until?: number } = {}) => {
    const { filter, unfolded, ...rest } = more;
    const ask = () => capture.rows({ ...listing(filter, unfolded), ...rest, from: 0, count: 100 });
    let page = await ask();
    while (!page.progress.complete) page = await ask();
    expect(page.rows).toHaveLength(page.total);
    return page.rows.map(({ seq, run }) => {
      if (!run) return `${seq}`;
      return run.until ? `${run.first}-${run.last}` : `${seq} of ${run.first}-${run.last}`;
    });
  };
  const append = async (port: Awaited<ReturnType<Capture['connect']>>, first: number, samples: readonly Sample[]) => {
    const done = committed(port, first + samples.length);
    post(port, batchOf(1, first, samples));
    await done;
  };
  const needle = { type: 'text', text: 'x', ignoreCase: false } as const;

  test('has one row for a run, which grows and tells when it began, ended and what came before', async () => {
    const port = capture.connect(sessionOf(1));
    await append(port, 0, [{ mono: 0 }, { ...TIMEOUT, mono: 1000 }]);
    expect(await rows()).toEqual(['0', '1']);
    await append(port, 2, [{ ...TIMEOUT, mono: 2000, wall: 7 }]);
    expect(await rows()).toEqual(['0', '1-2']);
    await append(port, 3, [{ ...TIMEOUT, mono: 3000, wall: 8 }, { mono: 3005 }]);
    const page = await capture.rows({ ...listing(), from: 1, count: 2 });
    expect(page).toMatchObject({ total: 3, found: 5, records: 5 });
    expect(page.rows).toMatchObject([
      { seq: 1, mono: 1000, delta: 1000, run: { first: 1, last: 3, until: { mono: 3000, wall: 8 } } },
      { seq: 4, delta: 5, run: null },
    ]);
    expect(await rows({ until: 3 })).toEqual(['0', '1-2']);
    expect((await capture.rows({ session: 1, filter: '', from: 0, count: 9 })).rows).toHaveLength(5);
  });

  test('has one row for an anomaly that is repeated, which tells how often it happened in all', async () => {
    const port = capture.connect(sessionOf(1));
    const flood = [1, 2000, 425_000].map((count, at) => ({ ...SPURIOUS, count, mono: 1000 * at }));
    await append(port, 0, [...flood, OVERRUN, { ...OVERRUN, count: 7 }, anomaly('lost-wake', { count: 3 })]);
    const { rows: all } = await capture.rows({ ...listing(), from: 0, count: 9 });
    expect(all).toMatchObject([
      { seq: 0, code: 'spurious-wake', count: 427_001, run: { first: 0, last: 2, until: { mono: 2000 } } },
      { seq: 3, code: 'overrun', count: 8, run: { first: 3, last: 4 } },
      { seq: 5, code: 'lost-wake', count: 3, run: null },
    ]);
    const unfolded = await capture.rows({ ...listing('', [1]), from: 0, count: 9 });
    expect(unfolded.rows.map(({ count }) => count)).toEqual([1, 2000, 425_000, 8, 3]);
    expect(await rows({ filter: 'code:spurious-wake' })).toEqual(['0-2']);
    expect(await rows({ filter: 'count:>1' })).toEqual(['1-2', '4', '5']);
    expect(await rows({ filter: 'not seq:1' })).toEqual(['0', '2', '3-4', '5']);
    await capture.setMark({ session: 1, seq: 0, label: 'here' });
    const split = await capture.rows({ ...listing(), from: 0, count: 2 });
    expect(split.rows.map(({ count }) => count)).toEqual([1, 427_000]);
    const timeline = await capture.ask('timeline', { session: 1, fromMono: 0, toMono: 1e6, buckets: 2 });
    expect(timeline.anomalies.reduce((a, b) => a + b)).toBe(427_012);
  });

  test('folds in a result what follows each other in it and in the log; marks and what is unfolded stay rows', async () => {
    const x = Buffer.from('x');
    await append(capture.connect(sessionOf(1)), 0, [
      ...[{ bytes: x }, TIMEOUT, TIMEOUT, TIMEOUT, TIMEOUT, TIMEOUT, TIMEOUT],
      ...[{ bytes: x }, TIMEOUT, TIMEOUT, { bytes: x }],
    ]);
    expect(await rows({ filter: 'kind:timeout' })).toEqual(['1-6', '8-9']);
    expect(await rows({ filter: 'kind:timeout not seq:3' })).toEqual(['1-2', '4-6', '8-9']);
    expect(await rows({ unfolded: [9] })).toEqual(['0', '1-6', '7', '8 of 8-9', '9 of 8-9', '10']);
    await capture.setMark({ session: 1, seq: 4, label: 'here' });
    expect(await rows()).toEqual(['0', '1-3', '4', '5-6', '7', '8-9', '10']);
    await capture.setMark({ session: 1, seq: 4, label: null });
    await capture.setNote({ session: 1, seq: 1, text: 'there' });
    expect(await rows()).toEqual(['0', '1', '2-6', '7', '8-9', '10']);
    const at = { by: 'seq', seq: 4 } as const;
    expect(await capture.ask('position', { ...listing(), at })).toMatchObject({ position: 2, total: 6 });
    const find = { ...listing(), needle, from: 2, direction: 'next' } as const;
    while (!(await capture.ask('find', find)).progress.complete);
    expect(await capture.ask('find', find)).toMatchObject({ hit: { position: 3, seq: 7, index: 1 }, hits: 3 });
  });
});
