import { DatabaseSync } from 'node:sqlite';
import { ShmscopeError } from '../../shared/failure.ts';
import type { FindAnswer, FindQuery, PositionAnswer, PositionQuery } from '../../shared/find.ts';
import type { PayloadQuery, RowPage, RowQuery } from '../../shared/log.ts';
import type { Mark, MarksQuery } from '../../shared/marks.ts';
import type { Figures, FiguresQuery, Timeline, TimelineQuery } from '../../shared/timeline.ts';
import { Aggregates } from './aggregate/aggregates.ts';
import type { ReaderCalls } from './calls.ts';
import { LogSearch } from './filter/log-search.ts';
import { Searcher } from './filter/searcher.ts';
import { readSessions, type SessionDescription } from './library/describe.ts';
import { openForReading, readFailure } from './library/open-file.ts';
import { findDamage, hideDamage, type Readable } from './library/salvage.ts';
import { LogReader } from './log-reader.ts';
import { readMarks } from './marks.ts';
import { captureFailure } from './reasons.ts';

/** ms that a capture that seems whole is looked through for damage before it counts as open. */
const INSPECTION_MS = 100;

/** What was found when a capture was opened that isn't being recorded. */
export interface ClosedCapture {
  readonly sessions: readonly SessionDescription[];
  readonly cutOff: boolean;
  readonly damage: readonly Readable[];
}

/** Answers questions from a read-only connection of its own: in WAL mode it never waits for the writer, nor the writer for it. */
export class Reader implements ReaderCalls {
  #db: DatabaseSync | undefined;
  #log: LogReader | undefined;
  #search: LogSearch | undefined;
  #aggregates: Aggregates | undefined;
  readonly #workerPath: string;

  /** @param workerPath worker.ts, for the search thread */
  constructor(workerPath: string) {
    this.#workerPath = workerPath;
  }

  open(file: string): void {
    try {
      this.#db = new DatabaseSync(file, { readOnly: true });
      this.#begin(this.#db, file);
    } catch (error) {
      throw captureFailure(`The capture ${file} can't be read`, error);
    }
  }

  async openClosed(file: string): Promise<ClosedCapture> {
    const { db, cutOff } = openForReading(file);
    this.#db = db;
    try {
      const sessions = readSessions(db);
      const ids = sessions.map(({ session }) => session);
      const damage = await findDamage(db, ids, cutOff ? Number.POSITIVE_INFINITY : INSPECTION_MS);
      if (damage.length > 0) await hideDamage(db, ids, damage);
      this.#begin(db, file, { computeAggregates: cutOff || damage.length > 0 });
      return { sessions, cutOff, damage };
    } catch (error) {
      throw readFailure(file, error);
    }
  }

  rows(query: RowQuery): Promise<RowPage> {
    return this.#open().rows(query);
  }

  payload(query: PayloadQuery): Uint8Array<ArrayBuffer> {
    return this.#open().payload(query);
  }

  find(query: FindQuery): Promise<FindAnswer> {
    return this.#searched().find(query);
  }

  position(query: PositionQuery): Promise<PositionAnswer> {
    return this.#searched().position(query);
  }

  cancelSearch({ session }: { readonly session: number }): void {
    this.#searched().cancel(session);
  }

  timeline(query: TimelineQuery): Promise<Timeline> {
    return this.#aggregated().timeline(query);
  }

  figures(query: FiguresQuery): Promise<Figures> {
    return this.#aggregated().figures(query);
  }

  marks({ session }: MarksQuery): Mark[] {
    this.#open();
    return this.#db ? readMarks(this.#db, session) : [];
  }

  async close(): Promise<void> {
    this.#log = undefined;
    await this.#search?.close();
    this.#search = undefined;
    this.#aggregates?.close();
    this.#aggregates = undefined;
    this.#db?.close();
    this.#db = undefined;
  }

  #begin(db: DatabaseSync, file: string, options = { computeAggregates: false }): void {
    this.#search = new LogSearch(db, new Searcher(this.#workerPath, file));
    this.#log = new LogReader(db, this.#search);
    this.#aggregates = new Aggregates(db, options);
  }

  #searched(): LogSearch {
    if (!this.#search) throw new ShmscopeError('closed', 'The capture is closed.');
    return this.#search;
  }

  #aggregated(): Aggregates {
    if (!this.#aggregates) throw new ShmscopeError('closed', 'The capture is closed.');
    return this.#aggregates;
  }

  #open(): LogReader {
    if (!this.#log) throw new ShmscopeError('closed', 'The capture is closed.');
    return this.#log;
  }
}
