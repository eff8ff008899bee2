import type { NumberList } from '../store/number-list.ts';
import { FoldIndex } from './fold-index.ts';
import type { Runs } from './runs.ts';

/** The record numbers of a result, ascending, by index. */
export interface Indexed {
  at(index: number): number | undefined;
  /** The index of the first number that is at least `seq`. */
  below(seq: number): number;
}

/** All records of a session. */
export const EVERY: Indexed = { at: (index) => index, below: (seq) => seq };

/** Where a run is interrupted. */
export interface Breaks {
  /** Numbers of records with a mark or a note, ascending: each gets a row of its own. */
  readonly marked: NumberList;
  /** Numbers of records in runs that are shown expanded. */
  readonly unfolded: readonly number[];
}

/**
 * The folds of one result: the parts of the session's runs that it contains as a whole. Grows with both, and never
 * looks back.
 */
export class ResultFolds {
  readonly folds = new FoldIndex();
  readonly #result: Indexed;
  readonly #runs: Runs;
  readonly #marked: NumberList;
  readonly #unfolded: readonly number[];
  /** Records of the session folded so far. */
  #done = 0;

  constructor(result: Indexed, runs: Runs, { marked, unfolded }: Breaks) {
    this.#result = result;
    this.#runs = runs;
    this.#marked = marked;
    this.#unfolded = unfolded;
  }

  /** Folds the first `records` records of the session; the result has come as far, and the runs are known. */
  extendTo(records: number): void {
    if (records <= this.#done) return;
    const { firsts, lasts, length } = this.#runs;
    for (let at = lasts.below(this.#done); at < length; at++) {
      const [first, last] = [firsts.at(at) as number, lasts.at(at) as number];
      if (first >= records) break;
      this.#fold(first, Math.max(first, this.#done), Math.min(last, records - 1));
    }
    this.#done = records;
  }

  /** Folds records `from` to `to` of a run that begins at `begin`. */
  #fold(begin: number, from: number, to: number): void {
    const [start, end] = [this.#result.below(from), this.#result.below(to + 1)];
    if (end - start === to - from + 1) {
      this.#foldRun(begin, from, to, start);
      return;
    }
    for (let index = start; index < end; ) {
      const first = this.#result.at(index) as number;
      let next = index + 1;
      while (next < end && this.#result.at(next) === first + next - index) next++;
      this.#foldRun(begin, first, first + next - index - 1, index);
      index = next;
    }
  }

  /** Of records that are consecutive in the result too, the first of them at `index`: those between marks. */
  #foldRun(begin: number, first: number, last: number, index: number): void {
    let from = first;
    for (let mark = this.#markFrom(first); mark <= last; mark = this.#markFrom(from)) {
      this.#add(begin, from, mark - 1, index + from - first);
      from = mark + 1;
    }
    this.#add(begin, from, last, index + from - first);
  }

  #markFrom(seq: number): number {
    return this.#marked.at(this.#marked.below(seq)) ?? Number.POSITIVE_INFINITY;
  }

  /** One more part, joined with the timeout right before it if that was seen earlier. */
  #add(begin: number, first: number, last: number, index: number): void {
    if (last < first) return;
    const before = first - 1;
    const follows =
      before >= begin && this.#markFrom(before) !== before && index > 0 && this.#result.at(index - 1) === before;
    const from = follows ? before : first;
    if (last === from) return;
    const isOpen = this.#unfolded.some((seq) => from <= seq && seq <= last);
    this.folds.add({ first: index - (first - from), last: index + last - first, isOpen });
  }
}
