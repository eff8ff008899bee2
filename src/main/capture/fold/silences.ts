import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { KIND_CODES } from '../codes.ts';
import { NumberList } from '../number-list.ts';
import { versionOf } from '../schema.ts';
import { readSpans } from './spans.ts';

/** Records looked at in one go where the file has no list of silences, some ms. */
const SLICE = 20_000;

/** Where in a session two or more timeouts follow each other: their first and last record numbers, ascending. */
export class Silences {
  readonly firsts = new NumberList();
  readonly lasts = new NumberList();
  /** All among so many first records of the session are here. */
  known = 0;

  get length(): number {
    return this.firsts.length;
  }

  truncate(length: number): void {
    this.firsts.truncate(length);
    this.lasts.truncate(length);
  }

  /** Pairs that follow on those here. */
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

/** Brings a session's silences up to a number of records. Throws SQLite's error. */
interface Source {
  readonly silences: Silences;
  extendTo(records: number): Promise<void> | void;
}

/** The silences of a capture's sessions: from their table, or from the records where there is none that can be relied on. */
export class SilenceReader {
  readonly #db: DatabaseSync;
  #isStored: boolean;
  readonly #sources = new Map<number, Source>();

  /** @param options `compute`: the table can't be relied on */
  constructor(db: DatabaseSync, { compute = false } = {}) {
    this.#db = db;
    this.#isStored = !compute && versionOf(db) >= 3;
  }

  /** Those among the session's first `records` records, perhaps more. The same object each time, which grows. */
  async of(session: number, records: number): Promise<Silences> {
    try {
      return await this.#extended(session, records);
    } catch (error) {
      if (!this.#isStored) throw error;
      // The table is damaged or gone; the records may be whole all the same.
      this.#isStored = false;
      this.#sources.clear();
      return this.#extended(session, records);
    }
  }

  async #extended(session: number, records: number): Promise<Silences> {
    const known = this.#sources.get(session);
    const source = known ?? (this.#isStored ? new Stored(this.#db, session) : new Computed(this.#db, session));
    this.#sources.set(session, source);
    if (source.silences.known < records) await source.extendTo(records);
    return source.silences;
  }
}

class Stored implements Source {
  readonly silences = new Silences();
  readonly #blocks: StatementSync;
  readonly #session: number;
  #block = -1;
  /** Silences in the blocks before. */
  #before = 0;

  constructor(db: DatabaseSync, session: number) {
    this.#session = session;
    this.#blocks = db.prepare('SELECT block, spans FROM silence WHERE session = ? AND block >= ? ORDER BY block');
  }

  /** The last block that is known may have grown: it is read again, with those after it. */
  extendTo(records: number): void {
    for (const { block, spans } of this.#blocks.all(this.#session, this.#block)) {
      if (block === this.#block) this.silences.truncate(this.#before);
      else this.#before = this.silences.length;
      this.#block = block as number;
      this.silences.append(readSpans(spans));
    }
    this.silences.known = records;
  }
}

class Computed implements Source {
  readonly silences = new Silences();
  readonly #timeouts: StatementSync;
  readonly #session: number;
  #turn: Promise<void> = Promise.resolve();
  #first = -2;
  #last = -2;

  constructor(db: DatabaseSync, session: number) {
    this.#session = session;
    this.#timeouts = db.prepare(
      `SELECT seq FROM record WHERE session = ? AND seq >= ? AND seq < ? AND kind = ${KIND_CODES.timeout} ORDER BY seq`,
    );
    this.#timeouts.setReturnArrays(true);
  }

  /** One after another, in slices: other questions get their turn meanwhile. */
  extendTo(records: number): Promise<void> {
    const extended = this.#turn.then(() => this.#extend(records));
    this.#turn = extended.catch(() => {});
    return extended;
  }

  async #extend(records: number): Promise<void> {
    while (this.silences.known < records) {
      const to = Math.min(records, this.silences.known + SLICE);
      const found = this.#timeouts.all(this.#session, this.silences.known, to) as unknown as [number][];
      for (const [seq] of found) this.#add(seq);
      this.silences.known = to;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #add(seq: number): void {
    const follows = seq === this.#last + 1;
    if (!follows) this.#first = seq;
    this.#last = seq;
    if (!follows) return;
    if (this.silences.lasts.at(this.silences.length - 1) === seq - 1) this.silences.truncate(this.silences.length - 1);
    this.silences.append(Uint32Array.of(this.#first, seq));
  }
}
