import { DatabaseSync } from 'node:sqlite';
import { ShmscopeError } from '../../shared/failure.ts';
import type { PayloadQuery, RowPage, RowQuery } from '../../shared/log.ts';
import type { ReaderCalls } from './calls.ts';
import { LogReader } from './log-reader.ts';
import { captureFailure } from './reasons.ts';

/** Answers questions from a read-only connection of its own: in WAL mode it never waits for the writer, nor the writer for it. */
export class Reader implements ReaderCalls {
  #db: DatabaseSync | undefined;
  #log: LogReader | undefined;

  open(file: string): void {
    try {
      this.#db = new DatabaseSync(file, { readOnly: true });
      this.#log = new LogReader(this.#db);
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

  close(): void {
    this.#log = undefined;
    this.#db?.close();
    this.#db = undefined;
  }

  #open(): LogReader {
    if (!this.#log) throw new ShmscopeError('closed', 'The capture is closed.');
    return this.#log;
  }
}
