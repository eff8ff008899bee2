import { expect, test } from 'vitest';
import { seededRandom } from '../../../shared/seeded-random.testing.ts';
import { View } from '../listing/view.ts';
import type { LiveResult } from '../search/live-result.ts';
import { NumberList } from '../store/number-list.ts';
import { ResultFolds } from './result-folds.ts';
import { Runs } from './runs.ts';

interface Log {
  readonly timeouts: readonly boolean[];
  readonly passes: readonly boolean[];
  readonly marked: readonly number[];
  readonly unfolded: readonly number[];
}

/** A row as record numbers: first and last that it stands for. */
type Row = readonly [first: number, last: number];

/** What the rows of records `from` to `to` are, computed record by record for the first `scanned`. */
function naive(log: Log, scanned: number, from: number, to: number): Row[] {
  const runs: number[][] = [];
  for (let seq = 0; seq < scanned; seq++) {
    if (!log.passes[seq]) continue;
    const last = runs.at(-1);
    const before = last?.at(-1);
    const isFolded = (each: number) => log.timeouts[each] === true && !log.marked.includes(each);
    if (before === seq - 1 && isFolded(before) && isFolded(seq)) last?.push(seq);
    else runs.push([seq]);
  }
  return runs.flatMap((each): Row[] => {
    const isOpen = log.unfolded.some((seq) => each.includes(seq));
    const left = each.filter((seq) => from <= seq && seq < to);
    if (left.length === 0) return [];
    return isOpen ? left.map((seq) => [seq, seq]) : [[left[0] as number, left.at(-1) as number]];
  });
}

const rowsOf = (view: View, from: number, count: number): Row[] =>
  view.stretches(from, count).flatMap(({ span: [first, last], run }): Row[] => {
    if (run?.isOpen === false) return [[first, last]];
    return Array.from({ length: last - first + 1 }, (_, i): Row => [first + i, first + i]);
  });

/** The runs among the first records, as the writer would have them. */
function listRuns(runs: Runs, { timeouts }: Log, records: number): void {
  runs.truncate(0);
  for (let seq = 0; seq < records; seq++) {
    if (!timeouts[seq] || timeouts[seq - 1]) continue;
    let last = seq;
    while (last + 1 < records && timeouts[last + 1]) last++;
    if (last > seq) runs.append(Uint32Array.of(seq, last));
  }
  runs.known = records;
}

function randomLog(roll: (sides: number) => number, records: number): Log {
  const often = 1 + roll(5);
  const passing = 1 + roll(4);
  const filtered = roll(2) === 1;
  const every = Array.from({ length: records }, (_, seq) => seq);
  return {
    timeouts: every.map(() => roll(6) < often),
    passes: every.map(() => !filtered || roll(5) <= passing),
    marked: every.filter(() => roll(25) === 0),
    unfolded: every.filter(() => roll(30) === 0),
  };
}

test('folds are as if computed record by record, while log and result grow, less what is removed or left out', () => {
  for (let seed = 1; seed <= 150; seed++) {
    const roll = seededRandom(seed * 7919);
    const records = 1 + roll(120);
    const log = randomLog(roll, records);
    const runs = new Runs();
    const marked = new NumberList();
    marked.append(Uint32Array.from(log.marked));
    const filtered = log.passes.includes(false);
    const result = { seqs: new NumberList(), scanned: 0 };
    const folding = new ResultFolds(filtered ? result.seqs : { at: (i) => i, below: (n) => n }, runs, {
      marked,
      unfolded: log.unfolded,
    });
    for (let end = 0; end < records; ) {
      end = Math.min(records, end + 1 + roll(12));
      listRuns(runs, log, end);
      const scanned = filtered ? Math.max(result.scanned, end - roll(4)) : end;
      for (let seq = result.scanned; seq < scanned; seq++) if (log.passes[seq]) result.seqs.push(seq);
      result.scanned = scanned;
      const gone = roll(3) === 0 ? roll(end) : 0;
      const until = roll(3) === 0 ? roll(end + 1) : end;
      const view = new View(
        { end, removal: gone > 0 ? { records: gone, at: 0 } : undefined },
        { folding, until, ...(filtered && { result: result as unknown as LiveResult }) },
      );
      const notices = gone > 0 ? 1 : 0;
      const expected = naive(log, scanned, gone, until);
      expect(view.total, `rows of log ${seed}`).toBe(expected.length + notices);
      expect(rowsOf(view, 0, 1000)).toEqual(expected);
      const [from, count] = [notices + roll(expected.length + 2), roll(9)];
      expect(rowsOf(view, from, count)).toEqual(expected.slice(from - notices, from - notices + count));
      for (const [at, [first, last]] of expected.entries()) {
        expect(view.seqAt(at + notices)).toBe(first);
        expect(view.positionOf(first)).toBe(at + notices);
        expect(view.positionOf(last)).toBe(at + notices);
      }
    }
  }
});

test('a run that was unfolded, or is part of one that was removed but for its end, tells its extent', () => {
  const runs = new Runs();
  runs.append(Uint32Array.of(2, 6));
  runs.known = 8;
  const view = (unfolded: number[], removed = 0) =>
    new View(
      { end: 8, removal: removed > 0 ? { records: removed, at: 0 } : undefined },
      { folding: new ResultFolds({ at: (i) => i, below: (n) => n }, runs, { marked: new NumberList(), unfolded }) },
    );
  expect(view([4]).stretches(3, 2)).toEqual([{ span: [3, 4], run: { span: [2, 6], isOpen: true } }]);
  expect(view([], 4).stretches(1, 1)).toEqual([{ span: [4, 6], run: { span: [4, 6], isOpen: false } }]);
  expect(view([], 6).stretches(1, 1)).toEqual([{ span: [6, 6], run: null }]);
});
