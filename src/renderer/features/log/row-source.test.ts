import { describe, expect, it } from 'vitest';
import type { LogRow } from '../../../shared/log.ts';
import { RowSource } from './row-source.ts';

const ALL = '';
const MESSAGES = 'kind:message';

const row = (seq: number) => ({ seq }) as LogRow;

/** A capture of `records` rows that answers when told to, with frames that pass when told to. */
function bench(records: number, filter = ALL) {
  const asked: Array<{ from: number; count: number }> = [];
  const frames: Array<() => void> = [];
  const timers: Array<() => void> = [];
  const capture = { records, failing: false, clock: 0, scanned: Number.POSITIVE_INFINITY, cancelled: 0 };
  const source = new RowSource(
    {
      fetch: async (from, count) => {
        asked.push({ from, count });
        if (capture.failing) return { ok: false, failure: { code: 'capture-failed', message: 'The disk is full.' } };
        const scanned = Math.min(capture.scanned, capture.records);
        const to = Math.min(scanned, from + count);
        const rows = Array.from({ length: Math.max(0, to - from) }, (_, i) => row(from + i));
        const progress = { scanned, complete: scanned === capture.records };
        return { ok: true, value: { total: scanned, found: scanned, records: capture.records, from, rows, progress } };
      },
      cancel: () => {
        capture.cancelled += 1;
      },
      frame: (step) => frames.push(step),
      later: (step) => timers.push(step),
      now: () => capture.clock,
    },
    { isUnfiltered: filter === ALL, isFolded: false },
  );
  const frame = async () => {
    for (const step of frames.splice(0)) step();
    for (let i = 0; i < 5; i += 1) await Promise.resolve();
  };
  return { source, capture, asked, frames, timers, frame };
}

describe('the rows of a log', () => {
  it('arrive at the end first when the view follows', async () => {
    const { source, frame } = bench(100_000);
    source.look({ from: 0, to: 20 }, true);
    source.committed(100_000);
    await frame();
    expect(source.state).toMatchObject({ total: 100_000, end: 100_000 });
    expect(source.row(99_999)?.seq).toBe(99_999);
    expect(source.row(0)).toBeUndefined();
  });

  it('never show an end whose rows are not at hand', async () => {
    const { source, capture, frame } = bench(10);
    source.look({ from: 0, to: 20 }, true);
    source.committed(10);
    await frame();
    capture.records = 5000;
    source.committed(3000);
    await frame();
    const { end } = source.state;
    for (let i = end - 20; i < end; i += 1) expect(source.row(i)?.seq).toBe(i);
    await frame();
    await frame();
    expect(source.state.end).toBe(5000);
  });

  it('are asked for once a frame, however often the view moves', async () => {
    const { source, asked, frames, frame } = bench(100_000);
    source.committed(100_000);
    source.look({ from: 0, to: 20 }, true);
    await frame();
    asked.length = 0;
    for (let i = 0; i < 50; i += 1) source.look({ from: i * 1000, to: i * 1000 + 20 }, false);
    expect(frames).toHaveLength(1);
    await frame();
    expect(asked).toHaveLength(1);
    expect(source.row(49_000)?.seq).toBe(49_000);
    expect(source.row(1000)).toBeUndefined();
  });

  it('are not asked for again while nothing new is looked at', async () => {
    const { source, asked, frames, frame } = bench(1000);
    source.committed(1000);
    source.look({ from: 980, to: 1000 }, true);
    await frame();
    source.look({ from: 970, to: 990 }, false);
    expect(frames).toHaveLength(0);
    expect(asked).toHaveLength(1);
  });

  it('stay bounded in number when the whole capture is walked through', async () => {
    const { source, frame } = bench(50_000);
    source.committed(50_000);
    let kept = 0;
    for (let from = 0; from < 50_000; from += 500) {
      source.look({ from, to: from + 30 }, false);
      await frame();
    }
    for (let i = 0; i < 50_000; i += 1) if (source.row(i)) kept += 1;
    expect(kept).toBeGreaterThan(30);
    expect(kept).toBeLessThan(3000);
  });

  it('are only counted, and seldom, while a reader looks elsewhere', async () => {
    const { source, capture, asked, timers, frame } = bench(1000, MESSAGES);
    source.committed(1000);
    source.look({ from: 0, to: 20 }, false);
    for (let i = 0; i < 3; i += 1) await frame();
    asked.length = 0;
    for (let i = 1; i <= 10; i += 1) {
      capture.records = 1000 + i;
      capture.clock += 90;
      source.committed(capture.records);
      await frame();
    }
    expect(asked.length).toBeLessThanOrEqual(4);
    expect(asked.every((a) => a.count === 0)).toBe(true);
    expect(source.state.total).toBeLessThan(1010);
    capture.clock += 250;
    for (const due of timers.splice(0)) due();
    await frame();
    expect(source.state.total).toBe(1010);
  });

  it('need no counting without a filter', async () => {
    const { source, asked, frame } = bench(1000);
    source.committed(1000);
    source.look({ from: 0, to: 20 }, false);
    await frame();
    asked.length = 0;
    source.committed(2000);
    await frame();
    expect(asked).toHaveLength(0);
    expect(source.state.total).toBe(2000);
  });

  it('are found under a filter, whose length only the host knows', async () => {
    const { source, asked, frame } = bench(4000, MESSAGES);
    source.committed(9000);
    source.look({ from: 0, to: 20 }, true);
    await frame();
    await frame();
    expect(asked[0]).toEqual({ from: 0, count: 0 });
    expect(source.state).toMatchObject({ total: 4000, end: 4000 });
    expect(source.row(3999)?.seq).toBe(3999);
  });

  it('are counted while the host still searches, until it has looked at all of them', async () => {
    const { source, capture, timers, frame } = bench(4000, MESSAGES);
    capture.scanned = 1000;
    source.committed(4000);
    source.look({ from: 0, to: 20 }, false);
    await frame();
    await frame();
    expect(source.state).toMatchObject({ total: 1000, search: { scanned: 1000, records: 4000 } });
    capture.scanned = 4000;
    capture.clock += 100;
    for (const due of timers.splice(0)) due();
    await frame();
    expect(source.state).toMatchObject({ total: 4000, search: null });
  });

  it('stay as found when the search is stopped, and are still shown where they were found', async () => {
    const { source, capture, asked, timers, frame } = bench(4000, MESSAGES);
    capture.scanned = 1000;
    source.committed(4000);
    source.look({ from: 0, to: 20 }, false);
    await frame();
    await frame();
    source.stop();
    expect(capture.cancelled).toBe(1);
    asked.length = 0;
    for (const due of timers.splice(0)) due();
    await frame();
    expect(asked).toEqual([]);
    source.look({ from: 900, to: 920 }, false);
    await frame();
    expect(source.row(910)?.seq).toBe(910);
    expect(capture.cancelled).toBe(2);
    capture.scanned = 4000;
    capture.clock += 100;
    source.resume();
    await frame();
    expect(source.state).toMatchObject({ total: 4000, search: null, stopped: false });
  });

  it.each(['retry', 'refresh'] as const)("that can't be read leave a failure, and come with a %s", async (again) => {
    const { source, capture, asked, frame } = bench(100);
    capture.failing = true;
    source.look({ from: 0, to: 20 }, true);
    source.committed(100);
    await frame();
    expect(source.state.failure?.message).toBe('The disk is full.');
    await frame();
    expect(asked).toHaveLength(1);
    capture.failing = false;
    source[again]();
    await frame();
    await frame();
    expect(source.state).toMatchObject({ failure: null, end: 100 });
  });

  it('tell nobody after they were given up', async () => {
    const { source, frame } = bench(100);
    let told = 0;
    source.look({ from: 0, to: 20 }, true);
    source.committed(100);
    source.subscribe(() => {
      told += 1;
    });
    source.dispose();
    await frame();
    expect(told).toBe(0);
  });
});

/** A folded log of 20 rows, the last of which stands for all timeouts from record 19 on. */
function timeoutRun(records: number) {
  const log = { records, rows: 20, clock: 0 };
  const asked: { from: number; count: number; until: number | undefined }[] = [];
  const frames: (() => void)[] = [];
  const timers: (() => void)[] = [];
  const source = new RowSource(
    {
      fetch: async (from, count, until = log.records) => {
        asked.push({ from, count, until });
        const total = Math.min(log.rows, until);
        const rows = Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_, i) => {
          const seq = from + i;
          const run = { first: 19, last: until - 1, until: { wall: 0, mono: 0 } };
          return { seq, kind: seq < 19 ? 'message' : 'timeout', run: seq < 19 ? null : run } as LogRow;
        });
        const progress = { scanned: log.records, complete: true };
        return { ok: true, value: { total, found: log.records, records: log.records, from, rows, progress } };
      },
      cancel: () => {},
      frame: (step) => frames.push(step),
      later: (step) => timers.push(step),
      now: () => log.clock,
    },
    { isUnfiltered: true, isFolded: true },
  );
  const settle = async () => {
    while (frames.length > 0) {
      for (const step of frames.splice(0)) step();
      for (let i = 0; i < 5; i += 1) await Promise.resolve();
    }
  };
  const grow = async (to: number) => {
    log.records = to;
    source.committed(to);
    await settle();
    log.clock += 1000;
    for (const due of timers.splice(0)) due();
    await settle();
  };
  const lastOfRun = () => source.row(19)?.run?.last;
  return { source, asked, grow, settle, lastOfRun };
}

describe('a last row that stands for timeouts', () => {
  it.each([
    ['follows', true],
    ['is read', false],
  ])('is that of now while the view %s, though no row comes to the log', async (_, follow) => {
    const { source, grow, lastOfRun } = timeoutRun(30);
    source.look({ from: 0, to: 25 }, follow);
    await grow(30);
    expect(lastOfRun()).toBe(29);
    await grow(37);
    expect(source.state).toMatchObject({ total: 20, found: 37 });
    expect(lastOfRun()).toBe(36);
  });

  it('is there with the second answer where the log is much shorter than its records', async () => {
    const { source, asked, grow } = timeoutRun(30_000);
    source.look({ from: 0, to: 25 }, true);
    await grow(30_000);
    expect(source.state).toMatchObject({ total: 20, end: 20, loaded: true });
    expect(asked.slice(0, 2).map(({ from }) => from)).toEqual([29_915, 0]);
  });

  it('is not asked for again while nothing comes, nor while nobody looks at it', async () => {
    const { source, asked, grow } = timeoutRun(30);
    source.look({ from: 0, to: 25 }, false);
    await grow(30);
    const before = asked.length;
    await grow(30);
    expect(asked).toHaveLength(before);
    source.look({ from: 0, to: 10 }, false);
    await grow(40);
    expect(asked.slice(before).every(({ count }) => count === 0)).toBe(true);
  });

  it('stays what it was in a view that is paused, and what came is counted', async () => {
    const { source, asked, grow, settle, lastOfRun } = timeoutRun(30);
    source.look({ from: 0, to: 25 }, true);
    await grow(30);
    source.look({ from: 0, to: 25 }, false);
    source.limit(source.state.reach.records);
    await grow(50);
    expect(source.state).toMatchObject({ total: 20, found: 50 });
    source.refresh();
    await settle();
    expect(lastOfRun()).toBe(29);
    expect(asked.at(-1)?.until).toBe(30);
    source.limit(undefined);
    await settle();
    expect(lastOfRun()).toBe(49);
  });
});

it('what was asked for before a view was paused is not taken for what it holds', async () => {
  const { source, capture, frame } = bench(80);
  source.look({ from: 0, to: 25 }, true);
  source.committed(80);
  await frame();
  capture.records = 90;
  source.committed(90);
  const answered = frame();
  source.limit(80);
  await answered;
  expect(source.state).toMatchObject({ total: 80, end: 80 });
});

it('rows that are there from another source are asked for again also where that is wanted before the first answer', async () => {
  const { source, grow } = timeoutRun(30);
  source.look({ from: 0, to: 25 }, false);
  await grow(30);
  const { source: unfolded, asked, grow: growMore } = timeoutRun(30);
  unfolded.begin(source, 30);
  unfolded.look({ from: 0, to: 20 }, false);
  unfolded.refresh();
  await growMore(30);
  expect(asked).toContainEqual({ from: 0, count: 20, until: 30 });
});

it('the rows above one that is unfolded stay where they are until the others come', async () => {
  const { source, grow } = timeoutRun(30);
  source.look({ from: 0, to: 25 }, false);
  await grow(30);
  const unfolded = timeoutRun(30).source;
  unfolded.begin(source, 19);
  expect(unfolded.state).toMatchObject({ total: 20, loaded: false });
  expect(unfolded.row(18)?.seq).toBe(18);
  expect(unfolded.row(19)).toBeUndefined();
});
