import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { LiveResult } from '../search/live-result.ts';
import { NumberList } from '../store/number-list.ts';
import { EVERY, ResultFolds } from './result-folds.ts';
import { RunReader, type Runs } from './runs.ts';

/** A fold index, and what it was computed from. */
interface Kept {
  readonly runs: Runs;
  readonly key: string;
  readonly marked: NumberList;
  readonly folding: ResultFolds;
}

/** The fold index of each result, kept while only new records arrive. */
export class FoldCache {
  readonly #runs: RunReader;
  readonly #marks: Marks;
  readonly #everything = new Map<number, Kept>();
  readonly #results = new WeakMap<LiveResult, Kept>();

  /** @param options `compute`: the runs in the file can't be trusted */
  constructor(db: DatabaseSync, options: { readonly compute: boolean }) {
    this.#runs = new RunReader(db, options);
    this.#marks = new Marks(db);
  }

  /** Of a filter's result or, if undefined, of all records. Valid for the session's first `records` records. */
  async of(
    session: number,
    result: LiveResult | undefined,
    records: number,
    unfolded: readonly number[],
  ): Promise<ResultFolds> {
    const runs = await this.#runs.of(session, records);
    const kept = result ? this.#results.get(result) : this.#everything.get(session);
    const marked = this.#marks.of(session);
    const key = unfolded.join();
    if (kept?.runs === runs && kept.key === key && kept.marked === marked) return kept.folding;
    const folding = new ResultFolds(result?.seqs ?? EVERY, runs, { marked, unfolded });
    const made = { runs, key, marked, folding };
    if (result) this.#results.set(result, made);
    else this.#everything.set(session, made);
    return folding;
  }
}

/** The numbers of a session's records that have a mark or a note: the same list as long as they don't change. */
class Marks {
  readonly #version: StatementSync;
  readonly #seqs: StatementSync;
  readonly #kept = new Map<number, { readonly version: number; readonly marked: NumberList }>();

  constructor(db: DatabaseSync) {
    // Changes as soon as another connection commits something.
    this.#version = db.prepare('PRAGMA data_version');
    this.#seqs = db.prepare('SELECT seq FROM mark WHERE session = ? AND seq BETWEEN 0 AND 4294967295 ORDER BY seq');
  }

  of(session: number): NumberList {
    const { data_version: version } = this.#version.get() as { data_version: number };
    const kept = this.#kept.get(session);
    if (kept?.version === version) return kept.marked;
    const seqs = Uint32Array.from(this.#seqs.all(session) as { seq: number }[], ({ seq }) => seq);
    const isSame = kept && Buffer.compare(bytesOf(seqs), bytesOf(kept.marked.slice(0, kept.marked.length))) === 0;
    const marked = isSame ? kept.marked : new NumberList();
    if (!isSame) marked.append(seqs);
    this.#kept.set(session, { version, marked });
    return marked;
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array) => new Uint8Array(buffer, byteOffset, byteLength);
