import { DatabaseSync } from 'node:sqlite';
import { ShmscopeError } from '../../shared/failure.ts';
import type { PayloadQuery, RowPage, RowQuery } from '../../shared/log.ts';
import type { Mark, MarksQuery } from '../../shared/marks.ts';
import type { Figures, FiguresQuery, Timeline, TimelineQuery } from '../../shared/timeline.ts';
import { Aggregates } from './aggregate/aggregates.ts';
import type { ReaderCalls } from './calls.ts';
import { LogReader } from './log-reader.ts';
import { readMarks } from './marks.ts';
import { captureFailure } from './reasons.ts';

/** Answers questions from a read-only connection of its own: in WAL mode it never waits for the writer, nor the writer for it. */
export class Reader implements ReaderCalls {
  #db: DatabaseSync | undefined;
  #log: LogReader | undefined;
  #aggregates: Aggregates | undefined;

  open(file: string): void {
    try {
      this.#db = new DatabaseSync(file, { readOnly: true });
      this.#log = new LogReader(this.#db);
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

  close(): void {
    this.#log = undefined;
    this.#aggregates?.close();
    this.#aggregates = undefined;
    this.#db?.close();
    this.#db = undefined;
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
