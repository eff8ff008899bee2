import { join } from 'node:path';
import type {
  CaptureList,
  CompareQuery,
  ComparisonProgress,
  RemovedCapture,
  SessionComparison,
} from '../../../shared/captures.ts';
import { ShmscopeError } from '../../../shared/failure.ts';
import type { SetMark, SetNote } from '../../../shared/marks.ts';
import { capturesIn, describe } from '../store/describe.ts';
import { MarkWriter } from '../store/marks.ts';
import { openForReading, readFailure } from '../store/open-file.ts';
import { captureFailure } from '../store/reasons.ts';
import { versionOf } from '../store/schema.ts';
import { writeTitle } from '../store/title.ts';
import { CaptureAges } from './ages.ts';
import { ANNOTATED_SINCE, annotate, deleteCapture } from './change.ts';
import { cancelled, compareCaptures } from './compare.ts';
import { type Retention, readRemoved, retain } from './retain.ts';

/** Files that must not be touched. */
export interface InUse {
  readonly recording: string;
  readonly opened: readonly string[];
}

export interface TitleCall {
  readonly file: string;
  readonly title: string | null;
  readonly isOpen: boolean;
}

/** What the main thread asks of the thread that manages the captures folder. All calls throw ShmscopeError. */
export interface LibrarianCalls {
  open(folder: string): void;
  list(use: InUse): Omit<CaptureList, 'folder'>;
  setTitle(call: TitleCall): void;
  setMark(call: { readonly file: string; readonly mark: SetMark }): void;
  setNote(call: { readonly file: string; readonly note: SetNote }): void;
  delete(file: string): void;
  /** A new comparison stops the previous one. */
  compare(query: CompareQuery): Promise<SessionComparison[]>;
  cancelCompare(): void;
  /** Bytes left for the capture being recorded; null without a limit. */
  retain(retention: Retention): number | null;
  close(): void;
}

/** What the librarian reports unasked: the progress of a comparison. */
export type LibrarianNews = ComparisonProgress;

/** ms between two progress messages. */
const PROGRESS_INTERVAL = 50;

export class Librarian implements LibrarianCalls {
  readonly #tell: (news: LibrarianNews) => void;
  /** Captures that retention deleted but couldn't list in the folder. */
  readonly #unreported: RemovedCapture[] = [];
  readonly #ages = new CaptureAges();
  #folder = '';
  #comparison = 0;

  constructor(tell: (news: LibrarianNews) => void) {
    this.#tell = tell;
  }

  open(folder: string): void {
    this.#folder = folder;
  }

  list({ recording, opened }: InUse): Omit<CaptureList, 'folder'> {
    const state = (file: string) => (file === recording ? 'recording' : opened.includes(file) ? 'opened' : 'closed');
    const captures = this.#files().map((file) => describe(this.#path(file), state(file)));
    return { captures, removed: [...this.#unreported.toReversed(), ...readRemoved(this.#folder)] };
  }

  setTitle({ file, title, isOpen }: TitleCall): void {
    if (isOpen) this.#refuseOldest(file);
    annotate(this.#path(file), (db) => writeTitle(db, title));
  }

  setMark({ file, mark }: { readonly file: string; readonly mark: SetMark }): void {
    this.#annotate(file, (marks) => marks.setMark(mark));
  }

  setNote({ file, note }: { readonly file: string; readonly note: SetNote }): void {
    this.#annotate(file, (marks) => marks.setNote(note));
  }

  delete(file: string): void {
    if (!this.#files().includes(file))
      throw new ShmscopeError('no-such-capture', `There is no capture ${file}. It may have been moved or deleted.`);
    deleteCapture(this.#path(file));
  }

  async compare({ a, b }: CompareQuery): Promise<SessionComparison[]> {
    const comparison = ++this.#comparison;
    let reportedAt = 0;
    const databases = [];
    try {
      for (const file of [a, b]) databases.push(openForReading(this.#path(file)).db);
      const [x, y] = databases;
      if (!x || !y) return [];
      return await compareCaptures(x, y, (progress) => {
        if (this.#comparison !== comparison) throw cancelled();
        const now = performance.now();
        if (now - reportedAt < PROGRESS_INTERVAL) return;
        reportedAt = now;
        this.#tell(progress);
      });
    } catch (error) {
      throw readFailure(`${a} or ${b}`, error);
    } finally {
      for (const db of databases) db.close();
    }
  }

  cancelCompare(): void {
    this.#comparison++;
  }

  retain(retention: Retention): number | null {
    try {
      return retain(this.#folder, retention, this.#unreported, this.#ages);
    } catch (error) {
      throw captureFailure(`Old captures in ${this.#folder} can't be removed`, error);
    }
  }

  close(): void {
    this.cancelCompare();
  }

  #annotate(file: string, write: (marks: MarkWriter) => void): void {
    this.#refuseOldest(file);
    annotate(this.#path(file), (open) => write(new MarkWriter(open)));
  }

  /** One that would have to be upgraded stays as it is: its current reader wouldn't see the change. */
  #refuseOldest(file: string): void {
    const { db } = openForReading(this.#path(file));
    const version = versionOf(db);
    db.close();
    if (version >= ANNOTATED_SINCE) return;
    const message = `${file} was written by an older Shmscope, which had no titles, marks and notes. To bring it up to date, close it, give it a title and open it again.`;
    throw new ShmscopeError('read-only', message);
  }

  #path(file: string): string {
    return join(this.#folder, file);
  }

  #files(): string[] {
    try {
      return capturesIn(this.#folder);
    } catch (error) {
      throw captureFailure(`The captures folder ${this.#folder} can't be read`, error);
    }
  }
}
