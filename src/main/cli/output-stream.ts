import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { fileReason } from '../files/given-file.ts';
import { isPipeClosed, PipeClosed } from './exit-status.ts';

/** Where the lines of a run go, and what went wrong with them. */
export class OutputStream {
  readonly #what: string;
  readonly #failure = Promise.withResolvers<never>();
  #out: Writable | undefined;
  #error: Error | undefined;

  /** @param what is written, in the plural, for sentences */
  constructor(what: string) {
    this.#what = what;
    this.#failure.promise.catch(() => {});
  }

  /** Rejects if a line couldn't be written, with `PipeClosed` when nobody reads any more; never settles otherwise. */
  get failed(): Promise<never> {
    return this.#failure.promise;
  }

  begin(out: Writable): void {
    this.#out = out;
    out.on('error', (error) => {
      this.#error ??= isPipeClosed(error)
        ? new PipeClosed(`Nobody reads the ${this.#what} any more.`)
        : new Error(`The ${this.#what} could not be written: ${fileReason(error)}.`);
      this.#failure.reject(this.#error);
    });
  }

  /** Drops the line if there is no stream yet. */
  write(line: string, onWritten: () => void): void {
    this.#out?.write(line, onWritten);
  }

  /** Waits until everything is written. Rejects with what went wrong while writing. */
  async close(): Promise<void> {
    if (this.#out && this.#out !== process.stdout) {
      this.#out.end();
      // Errors are kept by the listener above.
      await finished(this.#out, { readable: false }).catch(() => {});
    }
    if (this.#error) throw this.#error;
  }
}
