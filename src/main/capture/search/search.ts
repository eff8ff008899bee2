import { DatabaseSync } from 'node:sqlite';
import { ShmscopeError } from '../../../shared/failure.ts';
import { type FilterNode, printFilter } from '../../../shared/filter/filter.ts';
import { NO_TYPES, type SessionTypes } from '../../../shared/types/compiled/compiled.ts';
import { type OpenTypes, openTypes } from '../../../shared/types/compiled/open.ts';
import { Lru } from '../store/lru.ts';
import { NumberList } from '../store/number-list.ts';
import { presentAsCurrent } from '../store/older-version.ts';
import { avoidBrokenIndex, explainOpenError } from '../store/open-file.ts';
import { captureFailure } from '../store/reasons.ts';
import { hideDamage, type Readable } from '../store/salvage.ts';
import { Evaluator, type Look } from './evaluator.ts';
import type { MatchRegex } from './regex-matcher.ts';
import { RegexThread } from './regex-thread.ts';
import type { SearchCatalogue } from './search-term.ts';
import { SEARCHED } from './terms.ts';

export interface ScanQuery {
  readonly session: number;
  readonly filter: FilterNode;
  readonly from: number;
  /** Records from here on are left for later. */
  readonly limit: number;
}

/** The result of a scan: all records below `to` were scanned. */
export interface Found {
  readonly to: number;
  /** Ascending. */
  readonly seqs: Uint32Array;
}

/** Every session of a damaged capture, with the readable part of the damaged ones. */
export interface Damaged {
  readonly sessions: readonly number[];
  readonly damage: readonly Readable[];
}

/** A capture to search. */
export interface Searched {
  readonly file: string;
  readonly damaged?: Damaged;
}

/** What the reader asks of the search thread. All calls throw ShmscopeError. */
export interface SearchCalls {
  open(searched: Searched): Promise<void>;
  /** Scans records for about {@link SLICE_MS} and returns how far it got. One at a time. */
  scan(query: ScanQuery): Promise<Found>;
  /** Sets the types that a session's messages are read with. */
  bindTypes(types: SessionTypes): void;
  /** Nobody wants the running scan: it ends soon, with `cancelled` if it would take long. */
  abandon(): void;
  close(): Promise<void>;
}

/** ms after which the answer goes out, so that progress is reported and other filters get a turn. */
const SLICE_MS = 15;
/** Filters whose statements stay prepared. */
const EVALUATORS = 8;

/**
 * Executes filters on a thread of its own, so that nothing else is held up. It never waits inside SQLite for what may
 * never end.
 */
export class Search implements SearchCalls {
  #db: DatabaseSync | undefined;
  #file = '';
  readonly #evaluators = new Lru<string, Evaluator>(EVALUATORS, () => 1);
  readonly #types = new Map<number, { readonly open: OpenTypes; readonly version: number }>();
  #typesVersion = 0;
  readonly #catalogue: SearchCatalogue;
  readonly #regexes: RegexThread;
  readonly #closing = new AbortController();
  #abandoned = new AbortController();
  /** Work on the database. */
  #running: Promise<unknown> = Promise.resolve();

  /** @param workerPath worker.ts, for the regular expression thread */
  constructor(workerPath: string, catalogue: SearchCatalogue = SEARCHED) {
    this.#catalogue = catalogue;
    this.#regexes = new RegexThread(workerPath);
  }

  open(searched: Searched): Promise<void> {
    return this.#run(() => this.#open(searched));
  }

  scan(query: ScanQuery): Promise<Found> {
    this.#abandoned = new AbortController();
    return this.#run(() => this.#scan(query));
  }

  bindTypes({ session, types }: SessionTypes): void {
    this.#types.set(session, { open: openTypes(types), version: ++this.#typesVersion });
  }

  abandon(): void {
    this.#abandoned.abort();
  }

  async close(): Promise<void> {
    this.#closing.abort(closed());
    await this.#regexes.close();
    await this.#running;
    this.#db?.close();
    this.#db = undefined;
  }

  #run<T>(work: () => Promise<T>): Promise<T> {
    const running = work();
    this.#running = running.catch(() => {});
    return running;
  }

  async #open({ file, damaged }: Searched): Promise<void> {
    try {
      this.#db = new DatabaseSync(file, { readOnly: true });
      this.#file = file;
      avoidBrokenIndex(this.#db);
      presentAsCurrent(this.#db);
      if (damaged) await hideDamage(this.#db, damaged.sessions, damaged.damage, this.#closing.signal);
    } catch (error) {
      this.#db?.close();
      this.#db = undefined;
      throw captureFailure(`The capture ${file} can't be read`, error);
    }
  }

  async #scan({ session, filter, from, limit }: ScanQuery): Promise<Found> {
    if (!this.#db) throw closed();
    const evaluator = this.#evaluator(this.#db, session, filter);
    const seqs = new NumberList();
    const startedAt = performance.now();
    let to = from;
    let ahead: Look | undefined;
    try {
      if (from < limit) ahead = evaluator.look(from, limit);
      while (ahead) {
        const { to: end, seqs: passing } = ahead;
        // The next records are read while the regular expression thread works on these.
        ahead = end < limit && performance.now() - startedAt < SLICE_MS ? evaluator.look(end, limit) : undefined;
        seqs.append(await passing);
        to = end;
      }
    } catch (error) {
      await ahead?.seqs.catch(() => {});
      throw explainOpenError(this.#file, error);
    }
    return { to, seqs: seqs.slice(0, seqs.length).slice() };
  }

  #evaluator(db: DatabaseSync, session: number, filter: FilterNode): Evaluator {
    const { open: types, version } = this.#types.get(session) ?? { open: openTypes(NO_TYPES), version: 0 };
    const key = JSON.stringify([session, printFilter(filter, this.#catalogue), version]);
    const match: MatchRegex = (task, from) => this.#regexes.match(task, from, this.#abandoned.signal);
    const make = () => new Evaluator({ db, session, match, types }, filter, this.#catalogue);
    return this.#evaluators.get(key) ?? this.#evaluators.set(key, make());
  }
}

const closed = () => new ShmscopeError('closed', 'The capture is closed.');
