import type { DatabaseSync } from 'node:sqlite';
import type { ExportScope } from '../../../shared/export.ts';
import { FilterResult } from '../filter-result.ts';
import type { SeqRange } from './records.ts';

/** Record numbers that the filter looks at, and numbers of its result that are taken, between two looks at `check`. */
const STEP = 100_000;

/** The records to export, ascending. */
export interface Selection {
  readonly count: number;
  readonly ranges: () => Iterable<SeqRange>;
}

/** @param check throws when the work is to stop */
export async function select(
  db: DatabaseSync,
  session: number,
  scope: ExportScope,
  check: () => void,
): Promise<Selection> {
  if (scope.what === 'filter') return selectByFilter(db, session, scope, check);
  const all = db
    .prepare('SELECT min(seq) AS first, max(seq) AS last, count(*) AS count FROM record WHERE session = ?')
    .get(session) as { first: number | null; last: number; count: number };
  if (all.first === null) return { count: 0, ranges: () => [] };
  const whole: SeqRange = [all.first, all.last];
  if (scope.what === 'everything') return { count: all.count, ranges: () => [whole] };
  const ranges = clipped(merged(scope.ranges), whole);
  const between = db.prepare('SELECT count(*) AS count FROM record WHERE session = ? AND seq >= ? AND seq <= ?');
  const count = ranges.reduce((sum, range) => sum + (between.get(session, ...range) as { count: number }).count, 0);
  return { count, ranges: () => ranges };
}

async function selectByFilter(
  db: DatabaseSync,
  session: number,
  { filter }: Extract<ExportScope, { what: 'filter' }>,
  check: () => void,
): Promise<Selection> {
  const { last } = db.prepare('SELECT max(seq) AS last FROM record WHERE session = ?').get(session) as {
    last: number | null;
  };
  const records = last === null ? 0 : last + 1;
  const result = new FilterResult(db, session, filter);
  while (result.scanned < records) {
    check();
    await result.extendTo(Math.min(records, result.scanned + STEP));
  }
  function* ranges() {
    for (let from = 0; from < result.seqs.length; from += STEP) yield* runs(result.seqs.slice(from, STEP));
  }
  return { count: result.seqs.length, ranges };
}

/** Ascending, without overlaps. */
export function merged(ranges: readonly SeqRange[]): SeqRange[] {
  const result: [number, number][] = [];
  for (const [first, last] of ranges.toSorted(([a], [b]) => a - b)) {
    const before = result.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else result.push([first, last]);
  }
  return result;
}

const clipped = (ranges: readonly SeqRange[], [first, last]: SeqRange): SeqRange[] =>
  ranges.filter(([a, b]) => b >= first && a <= last).map(([a, b]) => [Math.max(a, first), Math.min(b, last)]);

/** Runs of ascending numbers that follow each other. */
function* runs(numbers: Uint32Array): Generator<SeqRange> {
  let first = numbers[0];
  if (first === undefined) return;
  for (let i = 1; i <= numbers.length; i++) {
    const before = numbers[i - 1] as number;
    if (numbers[i] === before + 1) continue;
    yield [first, before];
    first = numbers[i] as number;
  }
}
