import type { DatabaseSync } from 'node:sqlite';
import type { ExportScope, SeqRange } from '../../../shared/export.ts';
import { filterNode } from '../filter/filter-node.ts';
import { FilterResult } from '../filter-result.ts';

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
  const { first, last } = db
    .prepare('SELECT min(seq) AS first, max(seq) AS last FROM record WHERE session = ?')
    .get(session) as { first: number | null; last: number };
  const filter = scope.what === 'everything' ? '' : scope.filter;
  const isFiltered = filterNode(filter).type !== 'all';
  if (first === null) return { count: 0, ranges: () => [] };
  const ranges: SeqRange[] =
    scope.what === 'selection' ? clipped(merged(scope.ranges), [first, last]) : [[first, last]];
  return isFiltered ? selectByFilter(db, session, { filter, ranges }, check) : selectAll(db, session, ranges);
}

function selectAll(db: DatabaseSync, session: number, ranges: readonly SeqRange[]): Selection {
  const within = db.prepare('SELECT count(*) AS count FROM record WHERE session = ? AND seq >= ? AND seq <= ?');
  const count = ranges.reduce((sum, range) => sum + (within.get(session, ...range) as { count: number }).count, 0);
  return { count, ranges: () => ranges };
}

async function selectByFilter(
  db: DatabaseSync,
  session: number,
  { filter, ranges }: { readonly filter: string; readonly ranges: readonly SeqRange[] },
  check: () => void,
): Promise<Selection> {
  const end = (ranges.at(-1)?.[1] ?? -1) + 1;
  const result = new FilterResult(db, session, filter);
  while (result.scanned < end) {
    check();
    await result.extendTo(Math.min(end, result.scanned + STEP));
  }
  const { seqs } = result;
  const places = ranges.map(([first, last]) => ({ from: seqs.below(first), to: seqs.below(last + 1) }));
  function* found() {
    for (const { from, to } of places)
      for (let at = from; at < to; at += STEP) yield* runs(seqs.slice(at, Math.min(STEP, to - at)));
  }
  return { count: places.reduce((sum, { from, to }) => sum + to - from, 0), ranges: found };
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
