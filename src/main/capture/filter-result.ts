import type { DatabaseSync } from 'node:sqlite';
import { Evaluator } from './filter/evaluator.ts';
import { filterNode } from './filter/filter-node.ts';
import { NumberList } from './number-list.ts';

/** The numbers of a session's records that pass a filter, worked out in the caller's own thread. */
export class FilterResult {
  readonly seqs = new NumberList();
  readonly #evaluator: Evaluator;
  #scanned = 0;

  /** Throws ShmscopeError `filter-invalid`. */
  constructor(db: DatabaseSync, session: number, filter: string) {
    this.#evaluator = new Evaluator(db, session, filterNode(filter));
  }

  /** Records looked at so far, from the first one on. */
  get scanned(): number {
    return this.#scanned;
  }

  /** Looks at all of the first `records` records, with a turn for others every few ms. */
  async extendTo(records: number): Promise<void> {
    while (this.#scanned < records) {
      const { to, seqs } = this.#evaluator.next(this.#scanned, records);
      this.seqs.append(seqs);
      this.#scanned = to;
      if (to < records) await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
