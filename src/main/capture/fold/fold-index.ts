import { NumberList } from '../store/number-list.ts';

/** Consecutive records of a result, by index: one row, unless it is expanded. */
export interface Fold {
  readonly first: number;
  readonly last: number;
  readonly isOpen: boolean;
}

/** Maps rows to the records of a result and back, by binary search. Both count from 0. */
export class FoldIndex {
  readonly #firsts = new NumberList();
  readonly #lasts = new NumberList();
  /** The row at which each begins. */
  readonly #rows = new NumberList();
  readonly #open = new Set<number>();

  /** Appends a fold, or extends the last one if `first` is in it. */
  add({ first, last, isOpen }: Fold): void {
    const before = this.#firsts.length - 1;
    const isLonger = first <= (this.#lasts.at(before) ?? -1);
    if (isLonger) {
      this.#lasts.truncate(before);
    } else {
      this.#rows.push(this.#rowFrom(before, first));
      this.#firsts.push(first);
    }
    this.#lasts.push(last);
    if (isOpen) this.#open.add(this.#firsts.length - 1);
  }

  /** The first fold that ends at or after a record. */
  from(index: number): Fold | undefined {
    const at = this.#lasts.below(index);
    return at < this.#lasts.length ? this.#fold(at) : undefined;
  }

  rowOf(index: number): number {
    return this.#rowFrom(this.#firsts.below(index + 1) - 1, index);
  }

  /** The first record of a row. */
  indexOf(row: number): number {
    const at = this.#rows.below(row + 1) - 1;
    if (at < 0) return row;
    const { first, last, isOpen } = this.#fold(at);
    const rows = row - (this.#rows.at(at) as number);
    return rows === 0 || isOpen ? first + rows : last + rows;
  }

  /** Of a record at or after fold `at`, and before the next one. */
  #rowFrom(at: number, index: number): number {
    if (at < 0) return index;
    const row = this.#rows.at(at) as number;
    if (this.#open.has(at)) return row + index - (this.#firsts.at(at) as number);
    return row + Math.max(0, index - (this.#lasts.at(at) as number));
  }

  #fold(at: number): Fold {
    return {
      first: this.#firsts.at(at) as number,
      last: this.#lasts.at(at) as number,
      isOpen: this.#open.has(at),
    };
  }
}
