import type { DatabaseSync } from 'node:sqlite';
import type { ExportScope, SeqRange } from '../../../shared/export.ts';
import { typedCatalogue } from '../../../shared/filter/typed-catalogue.ts';
import { Evaluator } from '../search/evaluator.ts';
import { filterNode } from '../search/filter-node.ts';
import type { SearchPlace } from '../search/search-term.ts';
import { SEARCHED } from '../search/terms.ts';
import { NumberList } from '../store/number-list.ts';
import { stopIfCancelled, type TaskHost } from '../thread/task.ts';

/** Numbers of a filter's result fetched at once. */
const STEP = 100_000;

/** The records to export, ascending. */
export interface Selection {
  readonly count: number;
  readonly ranges: () => Iterable<SeqRange>;
}

/** Where to search, and who is told the progress. */
interface Place extends SearchPlace {
  readonly host: TaskHost;
}

/** Rejects with ShmscopeError `filter-invalid`, `filter-too-slow`, `cancelled`. */
export async function select({ db, session, match, types, host }: Place, scope: ExportScope): Promise<Selection> {
  const { first, last } = db
    .prepare('SELECT min(seq) AS first, max(seq) AS last FROM record WHERE session = ?')
    .get(session) as { first: number | null; last: number };
  const filter =
    scope.what === 'everything'
      ? filterNode('')
      : filterNode(scope.filter, scope.encoding, typedCatalogue(SEARCHED, types));
  if (first === null) return { count: 0, ranges: () => [] };
  const ranges: SeqRange[] =
    scope.what === 'selection' ? clipped(merged(scope.ranges), [first, last]) : [[first, last]];
  if (filter.type === 'all') return selectAll(db, session, ranges);
  const end = (ranges.at(-1)?.[1] ?? -1) + 1;
  return within(ranges, await passing(new Evaluator({ db, session, match, types }, filter), end, host));
}

function selectAll(db: DatabaseSync, session: number, ranges: readonly SeqRange[]): Selection {
  const within = db.prepare('SELECT count(*) AS count FROM record WHERE session = ? AND seq >= ? AND seq <= ?');
  const count = ranges.reduce((sum, range) => sum + (within.get(session, ...range) as { count: number }).count, 0);
  return { count, ranges: () => ranges };
}

/** Numbers of the matching records below `end`, computed a few ms at a time. */
async function passing(evaluator: Evaluator, end: number, host: TaskHost): Promise<NumberList> {
  const seqs = new NumberList();
  for (let from = 0; from < end; ) {
    stopIfCancelled(host);
    const look = evaluator.look(from, end);
    seqs.append(await look.seqs);
    from = look.to;
  }
  return seqs;
}

function within(ranges: readonly SeqRange[], seqs: NumberList): Selection {
  const places = ranges.map(([first, last]) => ({ from: seqs.below(first), to: seqs.below(last + 1) }));
  function* found() {
    for (const { from, to } of places)
      for (let at = from; at < to; at += STEP) yield* runs(seqs.slice(at, Math.min(STEP, to - at)));
  }
  return { count: places.reduce((sum, { from, to }) => sum + to - from, 0), ranges: found };
}

/** Ascending, without overlaps. */
function merged(ranges: readonly SeqRange[]): SeqRange[] {
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

/** Runs of consecutive ascending numbers. */
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
