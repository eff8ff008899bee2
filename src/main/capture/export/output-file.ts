import { closeSync, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { fileNameOf, publish, timeStamp } from '../store/publish.ts';
import { diskFailure } from '../store/reasons.ts';
import type { TaskPlace } from '../thread/task.ts';
import { makeFolder } from '../write/create.ts';
import type { Piece } from './format.ts';

/** Characters collected for one write. */
const WRITE_CHARS = 256 * 1024;

/**
 * A file that appears complete or not at all. Every write waits for the system, so memory holds at most one. Its
 * methods throw ShmscopeError `export-failed`; call {@link discard} then.
 */
export class OutputFile {
  readonly #place: TaskPlace;
  readonly #fd: number;
  #open = true;
  #text = '';

  private constructor(place: TaskPlace) {
    this.#place = place;
    makeFolder(place.folder);
    this.#fd = openSync(place.temporary, 'wx', 0o600);
  }

  static create(place: TaskPlace): OutputFile {
    return naming(place, () => new OutputFile(place));
  }

  write(piece: Piece): void {
    if (typeof piece === 'string') {
      this.#text += piece;
      if (this.#text.length >= WRITE_CHARS) naming(this.#place, () => this.#flush());
    } else
      naming(this.#place, () => {
        this.#flush();
        this.#bytes(piece);
      });
  }

  /** Completes the file and names it after `section` and the time. Returns its path. */
  finish(section: string, extension: string): string {
    return naming(this.#place, () => {
      this.#flush();
      fsyncSync(this.#fd);
      this.#close();
      const name = `${fileNameOf(section)}-${timeStamp()}`;
      return publish(this.#place.temporary, this.#place.folder, name, extension);
    });
  }

  /** Leaves nothing behind. */
  discard(): void {
    try {
      this.#close();
    } finally {
      rmSync(this.#place.temporary, { force: true });
    }
  }

  #flush(): void {
    const text = this.#text;
    this.#text = '';
    this.#bytes(text);
  }

  #bytes(piece: Piece): void {
    // Unlike writeSync, continues until everything is written.
    writeFileSync(this.#fd, piece);
  }

  #close(): void {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.#fd);
  }
}

function naming<T>({ folder }: TaskPlace, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw diskFailure('export-failed', `The export can't be written to ${folder}`, error);
  }
}
