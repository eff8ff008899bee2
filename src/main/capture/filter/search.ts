import { DatabaseSync } from 'node:sqlite';
import { ShmscopeError } from '../../../shared/failure.ts';
import { type FilterNode, printFilter } from '../../../shared/filter/filter.ts';
import { avoidBrokenIndex, inPlainWords } from '../library/open-file.ts';
import { hideDamage, type Readable } from '../library/salvage.ts';
import { Lru } from '../lru.ts';
import { NumberList } from '../number-list.ts';
import { captureFailure } from '../reasons.ts';
import { Evaluator, type Found } from './evaluator.ts';

export interface ScanQuery {
  readonly session: number;
  readonly filter: FilterNode;
  readonly from: number;
  /** Records from here on are left for later. */
  readonly limit: number;
}

/** Every session of a damaged capture, and what can be read of those that are damaged. */
export interface Damaged {
  readonly sessions: readonly number[];
  readonly damage: readonly Readable[];
}

/** A capture to look through. */
export interface Searched {
  readonly file: string;
  readonly damaged?: Damaged;
}

/** What the reader asks of the search thread. All of them throw ShmscopeError. */
export interface SearchCalls {
  open(searched: Searched): Promise<void>;
  /** Looks at records for about {@link SLICE_MS} and says how far that went. */
  scan(query: ScanQuery): Found;
  close(): void;
}

/** ms after which the answer goes out, so that progress is told and another filter gets its turn. */
const SLICE_MS = 15;
/** Filters whose statements stay prepared. */
const EVALUATORS = 8;

/** Works out filters, in a thread of its own: one that never ends is ended with it, and holds up nobody else. */
export class Search implements SearchCalls {
  #db: DatabaseSync | undefined;
  #file = '';
  readonly #evaluators = new Lru<string, Evaluator>(EVALUATORS, () => 1);

  async open({ file, damaged }: Searched): Promise<void> {
    try {
      const db = new DatabaseSync(file, { readOnly: true });
      avoidBrokenIndex(db);
      if (damaged) await hideDamage(db, damaged.sessions, damaged.damage);
      this.#db = db;
      this.#file = file;
    } catch (error) {
      throw captureFailure(`The capture ${file} can't be read`, error);
    }
  }

  scan({ session, filter, from, limit }: ScanQuery): Found {
    if (!this.#db) throw new ShmscopeError('closed', 'The capture is closed.');
    const evaluator = this.#evaluator(this.#db, session, filter);
    const seqs = new NumberList();
    const begun = performance.now();
    let to = from;
    try {
      while (to < limit && performance.now() - begun < SLICE_MS) {
        const found = evaluator.next(to, limit);
        seqs.append(found.seqs);
        to = found.to;
      }
    } catch (error) {
      throw inPlainWords(this.#file, error);
    }
    return { to, seqs: seqs.slice(0, seqs.length).slice() };
  }

  close(): void {
    this.#db?.close();
    this.#db = undefined;
  }

  #evaluator(db: DatabaseSync, session: number, filter: FilterNode): Evaluator {
    const key = JSON.stringify([session, printFilter(filter)]);
    return this.#evaluators.get(key) ?? this.#evaluators.set(key, new Evaluator(db, session, filter));
  }
}
