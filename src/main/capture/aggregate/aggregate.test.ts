import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RecordBatch } from '../../../shared/log.ts';
import { sample } from '../../sample.testing.ts';
import { createTables } from '../store/migrations/migrations.ts';
import { batchOf, type Sample, sessionOf, temporaryFolder } from '../testing.ts';
import { createCapture } from '../write/create.ts';
import { Journal } from '../write/journal.ts';
import { FiguresReader } from './figures-reader.ts';
import { MeasureReader } from './measure-reader.ts';
import { rebuildBuckets } from './rebuild.ts';
import { SpanFinder } from './span.ts';
import { TimelineReader } from './timeline-reader.ts';

let folder: ReturnType<typeof temporaryFolder>;
let db: DatabaseSync;
let journal: Journal;
beforeEach(() => {
  folder = temporaryFolder();
  db = createCapture(folder.path).db;
  journal = new Journal(db);
});
afterEach(() => {
  db.close();
  folder.remove();
});

const SECOND = 1_000_000;
const span = () => new SpanFinder(db);
const timeline = (fromMono: number, toMono: number, buckets: number, aggregates = db) =>
  new TimelineReader(db, aggregates, span()).timeline({ session: 1, fromMono, toMono, buckets });
const figures = (fromMono: number, toMono: number) =>
  new FiguresReader(db, span()).figures({ session: 1, fromMono, toMono });
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

/** Writes the samples in several commits. */
function write(samples: readonly Sample[], commit = 500) {
  journal.write({ sessions: [sessionOf(1)], batches: [] });
  for (let at = 0; at < samples.length; at += commit)
    journal.write({ sessions: [], batches: [batchOf(1, at, samples.slice(at, at + commit))] });
}

/** An hour of traffic: alternating messages in and out, with timeouts and anomalies among them. */
const HOUR: Sample[] = Array.from({ length: 6000 }, (_, i) => ({
  mono: i * 600_000 + ((i * 7919) % 500_000),
  kind: i % 50 === 49 ? 'timeout' : i % 333 === 332 ? 'anomaly' : 'message',
  direction: i % 2 ? 'out' : 'in',
  bytes: new Uint8Array(i % 50 === 49 || i % 333 === 332 ? 0 : 1 + (i % 700)),
  unreadMicros: i % 3 ? null : 1000 * (i % 100),
}));

describe('a timeline', () => {
  test('counts what a tap missed apart from anomalies, from buckets and from single records alike', () => {
    const anomaly = (code: 'missed' | 'overrun'): Sample => ({
      kind: 'anomaly',
      mono: 1,
      bytes: new Uint8Array(),
      code,
    });
    write([anomaly('missed'), anomaly('missed'), anomaly('overrun')]);
    for (const span of [SECOND, 3600 * SECOND]) {
      const t = timeline(0, span, 2);
      expect([sum(t.missed), sum(t.anomalies)]).toEqual([2, 1]);
    }
  });

  test('keeps the most of a tenth of a second at every zoom, also where it is written bit by bit', () => {
    const steady = Array.from({ length: 600 }, (_, i): Sample => ({ mono: i * SECOND, bytes: new Uint8Array(2) }));
    const burst = Array.from(
      { length: 40 },
      (_, i): Sample => ({ mono: 300_050_000 + i * 1000, bytes: new Uint8Array(9) }),
    );
    write(
      [...steady, ...burst].sort((a, b) => (a.mono ?? 0) - (b.mono ?? 0)),
      7,
    );
    for (const buckets of [2, 100, 2000]) {
      const { peaks } = timeline(0, 600 * SECOND, buckets);
      expect([Math.max(...peaks.messages), Math.max(...peaks.bytes)]).toEqual([41, 362]);
    }
  });

  test.each(sample([7, 2000, 1, 2, 100, 500], 2))('of %i buckets counts every record of its span once', (buckets) => {
    write(HOUR);
    const t = timeline(0, 3600 * SECOND, buckets);
    expect(t.timeouts.length).toBeLessThanOrEqual(buckets);
    expect(t.timeouts.length * t.width).toBeGreaterThanOrEqual(3600 * SECOND - t.fromMono);
    const messages = HOUR.filter(({ kind }) => kind === 'message');
    expect(sum(t.c2s.messages) + sum(t.s2c.messages)).toBe(messages.length);
    expect(sum(t.c2s.bytes) + sum(t.s2c.bytes)).toBe(messages.reduce((n, { bytes }) => n + (bytes?.length ?? 0), 0));
    expect(sum(t.timeouts)).toBe(120);
    expect(sum(t.anomalies)).toBe(HOUR.filter(({ kind }) => kind === 'anomaly').length);
    expect(Math.max(...t.c2s.largest, ...t.s2c.largest)).toBe(699);
    expect(t.firstSeq[0]).toBe(0);
  });

  test('has each record in the bucket of its time', () => {
    write(HOUR);
    const t = timeline(1000 * SECOND, 2000 * SECOND, 1000);
    const model = t.c2s.messages.map(() => 0);
    for (const { mono = 0, kind, direction } of HOUR) {
      const i = Math.floor((mono - t.fromMono) / t.width);
      if (kind === 'message' && direction === 'in' && i in model) model[i] = (model[i] ?? 0) + 1;
    }
    expect(t.c2s.messages).toEqual(model);
  });

  test('closer than the finest aggregates has each record in its microsecond', () => {
    write([0, 10, 11, 500, 999, 1000].map((mono) => ({ mono, bytes: new Uint8Array(3) })));
    const t = timeline(0, 1000, 1000);
    expect(t.width).toBe(1);
    expect(t.c2s.messages.flatMap((n, i) => (n ? [i] : []))).toEqual([0, 10, 11, 500, 999]);
    expect(t.firstSeq[500]).toBe(3);
    expect(t.lastMono).toBe(1000);
  });

  test('follows the monotonic clock when the wall clock is set back while recording', () => {
    const wall = (i: number) => 1_700_000_000_000_000 + (i < 50 ? i : i - 3600) * SECOND;
    write(Array.from({ length: 100 }, (_, i) => ({ mono: i * SECOND, wall: wall(i) })));
    const t = timeline(0, 100 * SECOND, 200);
    expect(sum(t.c2s.messages)).toBe(100);
    expect(Math.max(...t.c2s.messages)).toBe(1);
    expect(t.clock).toEqual([
      { mono: 0, wall: wall(0) },
      { mono: 50 * SECOND, wall: wall(50) },
    ]);
  });

  test('tells each time that the wall clock was set, and its drift in between', () => {
    const zeros = (i: number) => (i < 1234 ? 0 : i < 1300 ? -3600 * SECOND : i < 4000 ? 60 * SECOND : 60 * SECOND + i);
    write(Array.from({ length: 5000 }, (_, i) => ({ mono: i * 1000, wall: i * 1000 + zeros(i) })));
    const { clock } = timeline(2 * SECOND, 3 * SECOND, 10);
    const steps = clock.filter(
      ({ mono, wall }, i) =>
        i === 0 || Math.abs(wall - mono - ((clock[i - 1]?.wall ?? 0) - (clock[i - 1]?.mono ?? 0))) > SECOND,
    );
    expect(steps.map(({ mono }) => mono / 1000)).toEqual([0, 1234, 1300]);
    expect(clock.at(-1)).toEqual({ mono: 4999 * 1000, wall: 4999 * 1000 + zeros(4999) });
    expect(clock.length).toBeLessThan(20);
  });

  test.each([
    ['from its records', 1000, 20],
    ['from aggregates', 100_000, 4],
  ])('tells the quickest and slowest reply of each bucket, %s', (_, unit, buckets) => {
    const turns = [0, 1, 3, 10, 30, 31].map((at, i) => ({ mono: at * unit, direction: i % 2 ? 'out' : 'in' }) as const);
    write(turns);
    const query = { session: 1, fromMono: 0, toMono: 40 * unit, buckets, replies: true };
    const { replies, width } = new TimelineReader(db, db, span()).timeline(query);
    const told = (numbers: readonly number[] = []) => numbers.flatMap((n, i) => (n < 0 ? [] : [[i * width, n]]));
    const out = replies?.s2c;
    expect(Math.max(...(out?.most ?? []))).toBe(7 * unit);
    const least = Math.min(...told(out?.least).map(([, n = 0]) => n));
    expect(least).toBeGreaterThan((unit * 7) / 8);
    expect(least).toBeLessThanOrEqual(unit);
    expect(told(replies?.c2s.most).map(([, n]) => n)).toEqual([2 * unit, 20 * unit]);
    expect(timeline(0, 40 * unit, buckets).replies).toBeNull();
  });

  test('of a session or a time without records is empty', () => {
    write(HOUR);
    expect(sum(timeline(7200 * SECOND, 9000 * SECOND, 100).c2s.messages)).toBe(0);
    const none = new TimelineReader(db, db, span()).timeline({ session: 9, fromMono: 0, toMono: 10, buckets: 10 });
    expect([none.lastMono, sum(none.c2s.messages)]).toEqual([0, 0]);
  });

  test('of all time that there can be has as many buckets as asked for at most', () => {
    write(HOUR);
    for (const buckets of [1, 3, 2000]) {
      const t = timeline(0, Number.MAX_SAFE_INTEGER, buckets);
      expect(t.timeouts.length).toBeLessThanOrEqual(buckets);
      expect(sum(t.timeouts)).toBe(120);
    }
  });
});

describe('a measurement', () => {
  const measure = (fromMono: number, toMono: number) =>
    new MeasureReader(db, db, span()).measure({ session: 1, fromMono, toMono });

  test('counts what lies in its span, to the microsecond', () => {
    write(HOUR);
    const spans: [number, number][] = [
      [0, 3600 * SECOND],
      [HOUR[17]?.mono ?? 0, HOUR[5003]?.mono ?? 0],
      [1_234_567, 1_234_568],
      [1_250_000, 1_290_000],
      [50 * SECOND, Number.MAX_SAFE_INTEGER],
      [4000 * SECOND, 5000 * SECOND],
    ];
    for (const [from, to] of spans) {
      const within = HOUR.filter(({ mono = 0 }) => mono >= from && mono < to);
      const incoming = within.filter(({ kind, direction }) => kind === 'message' && direction === 'in');
      const { messages, bytes, counted } = measure(from, to);
      expect(messages.c2s).toBe(incoming.length);
      expect(bytes.c2s).toBe(incoming.reduce((all, { bytes: payload }) => all + (payload?.length ?? 0), 0));
      expect(counted.timeouts).toBe(within.filter(({ kind }) => kind === 'timeout').length);
    }
  });
});

describe('the unread time of a slot', () => {
  const HOURS = 3600 * SECOND;

  test.each([0.05, 0.3, 2, 61.7, 5000.123, 90_000])(
    'of a message that stood for %d s fills those seconds at every zoom, and few rows',
    (seconds) => {
      const micros = Math.round(seconds * SECOND);
      write([{ mono: 0 }, { mono: 777_777, direction: 'out', unreadMicros: micros }, { mono: 100_000 * SECOND }]);
      for (const buckets of [1, 10, 333, 2000]) {
        const t = timeline(0, 30 * HOURS, buckets);
        expect(sum(t.s2c.unread)).toBe(micros);
        expect(Math.max(...t.s2c.unread)).toBeLessThanOrEqual(t.width);
      }
      const middle = 777_777 + Math.floor(micros / 2);
      expect(sum(timeline(middle, middle + 10, 10).s2c.unread)).toBe(10);
      expect((db.prepare('SELECT count(*) AS n FROM bucket').get() as { n: number }).n).toBeLessThan(120);
    },
  );

  test('of a message of the peer lies before it was taken, and of ours after it was sent', () => {
    write([
      { mono: 5 * SECOND, direction: 'in', unreadMicros: 2 * SECOND },
      { mono: 6 * SECOND, direction: 'out', unreadMicros: SECOND },
    ]);
    const t = timeline(0, 10 * SECOND, 100);
    const seconds = (lane: readonly number[]) =>
      lane.flatMap((n, i) => (n ? [Math.floor((i * t.width) / SECOND)] : []));
    expect(new Set(seconds(t.c2s.unread))).toEqual(new Set([3, 4]));
    expect(new Set(seconds(t.s2c.unread))).toEqual(new Set([6]));
  });

  test('of a read that is reported after its record went out is the same as one that came with it', () => {
    write([{ mono: 0, direction: 'out' }, { mono: SECOND }]);
    const reads = [{ seq: 0, lane: 's2c', mono: 0, unreadMicros: 700_000 } as const];
    const late: RecordBatch = { ...batchOf(1, 2, [{ mono: 2 * SECOND }]), reads };
    journal.write({ sessions: [], batches: [late] });
    expect(sum(timeline(0, 2 * SECOND, 2000).s2c.unread)).toBe(700_000);
    expect(figures(0, 3 * SECOND).unread.s2c).toMatchObject({ count: 1, max: 700_000 });
    expect(db.prepare('SELECT unread FROM record WHERE seq = 0').get()).toEqual({ unread: 700_000 });
  });
});

describe('figures', () => {
  test('of a span are those of its records', () => {
    write(HOUR);
    const f = figures(600 * SECOND, 1800 * SECOND);
    const inside = HOUR.filter(({ mono = 0, kind }) => kind === 'message' && mono >= f.fromMono && mono < f.toMono);
    const sizes = inside.filter(({ direction }) => direction === 'in').map(({ bytes }) => bytes?.length ?? 0);
    expect(f.size.c2s.count).toBe(sizes.length);
    expect(f.size.c2s.max).toBe(Math.max(...sizes));
    expect(f.size.c2s.mean).toBeCloseTo(sum(sizes) / sizes.length);
    expect(sum(f.size.c2s.counts)).toBe(sizes.length);
    expect(f.unread.c2s.count + f.unread.s2c.count).toBe(inside.filter((r) => r.unreadMicros != null).length);
  });

  test('tell how long each side took to reply, across commits, and not after an exit', () => {
    const kinds = ['message', 'message', 'message', 'message', 'exit', 'message'] as const;
    const directions = ['in', 'out', 'out', 'in', 'in', 'out'] as const;
    write(
      kinds.map((kind, i) => ({ kind, direction: directions[i], mono: i * i * 1000 }) as Sample),
      1,
    );
    const { reply } = figures(0, SECOND);
    expect(reply.s2c).toMatchObject({ count: 1, max: 1000 });
    expect(reply.c2s).toMatchObject({ count: 1, max: 5000 });
  });
});

test('aggregates go with their records: a commit that fails leaves none, and the next one counts once', () => {
  write(HOUR.slice(0, 1000));
  const before = timeline(0, 3600 * SECOND, 100);
  const next = { sessions: [], batches: [batchOf(1, 1000, HOUR.slice(1000, 3000))] };
  db.exec('PRAGMA max_page_count = 1');
  expect(() => journal.write(next)).toThrow('full');
  expect(timeline(0, 3600 * SECOND, 100)).toEqual(before);
  db.exec('PRAGMA max_page_count = 1000000');
  journal.write(next);
  const t = timeline(0, 3600 * SECOND, 100);
  expect(sum(t.c2s.messages) + sum(t.s2c.messages)).toBe(
    HOUR.slice(0, 3000).filter((r) => r.kind === 'message').length,
  );
});

test('aggregates computed from the records are the same as those written with them', () => {
  write(HOUR, 333);
  const memory = new DatabaseSync(':memory:');
  createTables(memory);
  for (const _ of rebuildBuckets(db, memory));
  for (const [from, to, buckets] of [
    [0, 3600, 2000],
    [0, 3600, 10],
    [100, 250, 300],
  ] as const)
    expect(timeline(from * SECOND, to * SECOND, buckets, memory)).toEqual(
      timeline(from * SECOND, to * SECOND, buckets),
    );
  memory.close();
});
