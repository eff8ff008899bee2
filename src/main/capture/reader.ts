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
import { LogReader } from './log-reader.ts';
import { readMarks } from './marks.ts';
import { captureFailure } from './reasons.ts';

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
      this.#search = new LogSearch(this.#db, new Searcher(this.#workerPath, file));
      this.#log = new LogReader(this.#db, this.#search);
      this.#aggregates = new Aggregates(this.#db);
    } catch (error) {
      throw captureFailure(`The capture ${file} can't be read`, error);
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
