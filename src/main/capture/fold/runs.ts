import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { NumberList } from '../store/number-list.ts';
import { RUN_KINDS, runKey } from '../store/run-key.ts';
import { versionOf } from '../store/schema.ts';
import { readSpans } from '../store/spans.ts';

/** Records examined at once if the file has no list of runs: a few ms. */
const SLICE = 20_000;

/**
 * Where two or more consecutive records of a session share a {@link runKey}: first and last record numbers, ascending.
 */
export class Runs {
  readonly firsts = new NumberList();
  readonly lasts = new NumberList();
  /** All within this many first records of the session are known. */
  known = 0;

  get length(): number {
    return this.firsts.length;
  }

  truncate(length: number): void {
    this.firsts.truncate(length);
    this.lasts.truncate(length);
  }

  /** Pairs that follow those known so far. */
  append(spans: Uint32Array): void {
    const before = this.lasts.at(this.length - 1) ?? -1;
    for (let i = 0; i < spans.length; i += 2) {
      const [first, last] = [spans[i] as number, spans[i + 1] as number];
      if (first <= before) continue;
      this.firsts.push(first);
      this.lasts.push(last);
    }
  }
}

/** Updates a session's runs up to a record number. Throws SQLite's error. */
interface Source {
  readonly runs: Runs;
  extendTo(records: number): Promise<void> | void;
}

/** The runs of a capture's sessions: from their table, or from the records if there is no table to trust. */
export class RunReader {
  readonly #db: DatabaseSync;
  #isStored: boolean;
  readonly #sources = new Map<number, Source>();

  /** @param options `compute`: the table can't be trusted */
  constructor(db: DatabaseSync, { compute = false } = {}) {
    this.#db = db;
    this.#isStored = !compute && versionOf(db) >= 4;
  }

  /** Those among the session's first `records` records, perhaps more. Always the same, growing object. */
  async of(session: number, records: number): Promise<Runs> {
    try {
      return await this.#extended(session, records);
    } catch (error) {
      if (!this.#isStored) throw error;
      // The table is damaged or missing; the records may still be intact.
      this.#isStored = false;
      this.#sources.clear();
      return this.#extended(session, records);
    }
  }

  async #extended(session: number, records: number): Promise<Runs> {
    const known = this.#sources.get(session);
    const source = known ?? (this.#isStored ? new Stored(this.#db, session) : new Computed(this.#db, session));
    this.#sources.set(session, source);
    if (source.runs.known < records) await source.extendTo(records);
    return source.runs;
  }
}

class Stored implements Source {
  readonly runs = new Runs();
  readonly #blocks: StatementSync;
  readonly #session: number;
  #block = -1;
  /** Runs in the blocks before. */
  #before = 0;

  constructor(db: DatabaseSync, session: number) {
    this.#session = session;
    this.#blocks = db.prepare('SELECT block, spans FROM run WHERE session = ? AND block >= ? ORDER BY block');
  }

  /** The last known block may have grown: it is read again, with those after it. */
  extendTo(records: number): void {
    for (const { block, spans } of this.#blocks.all(this.#session, this.#block)) {
      if (block === this.#block) this.runs.truncate(this.#before);
      else this.#before = this.runs.length;
      this.#block = block as number;
      this.runs.append(readSpans(spans));
    }
    this.runs.known = records;
  }
}

type StoredRecord = [seq: number, kind: number, lane: number | null, code: string | null];

class Computed implements Source {
  readonly runs = new Runs();
  readonly #records: StatementSync;
  readonly #session: number;
  #turn: Promise<void> = Promise.resolve();
  #first = -2;
  #last = -2;
  #key: string | null = null;

  constructor(db: DatabaseSync, session: number) {
    this.#session = session;
    this.#records = db.prepare(
      `SELECT seq, kind, lane, code FROM record WHERE session = ? AND seq >= ? AND seq < ? AND kind IN ${RUN_KINDS} ORDER BY seq`,
    );
    this.#records.setReturnArrays(true);
  }

  /** One after another, in slices, so that other requests get a turn. */
  extendTo(records: number): Promise<void> {
    const extended = this.#turn.then(() => this.#extend(records));
    this.#turn = extended.catch(() => {});
    return extended;
  }

  async #extend(records: number): Promise<void> {
    while (this.runs.known < records) {
      const to = Math.min(records, this.runs.known + SLICE);
      const found = this.#records.all(this.#session, this.runs.known, to) as unknown as StoredRecord[];
      for (const [seq, kind, lane, code] of found) this.#add(seq, runKey(kind, lane, code));
      this.runs.known = to;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #add(seq: number, key: string | null): void {
    const follows = seq === this.#last + 1 && key === this.#key;
    if (!follows) this.#first = seq;
    this.#last = seq;
    this.#key = key;
    if (!follows) return;
    if (this.runs.lasts.at(this.runs.length - 1) === seq - 1) this.runs.truncate(this.runs.length - 1);
    this.runs.append(Uint32Array.of(this.#first, seq));
  }
}
