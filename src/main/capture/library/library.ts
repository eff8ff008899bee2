import { basename, dirname, join } from 'node:path';
import {
  type CaptureList,
  type CompareQuery,
  type ComparisonProgress,
  FIRST_OPENED_SESSION,
  MAX_OPENED,
  type OpenedCapture,
  type SessionComparison,
} from '../../../shared/captures.ts';
import { ShmscopeError } from '../../../shared/failure.ts';
import type { SetMark, SetNote } from '../../../shared/marks.ts';
import type { StoredSnapshot } from '../../../shared/session.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Capture } from '../capture.ts';
import type { AnswerTo, QueryOf, Question } from '../read/read-link.ts';
import { WorkerLink } from '../thread/worker-link.ts';
import type { LibrarianCalls, LibrarianNews } from './librarian.ts';
import { OpenedFile } from './opened.ts';

const DAY_MS = 24 * 3600 * 1000;

/** The captures folder: the capture being recorded, those open for reading, and all others. */
export class CaptureLibrary {
  /** Incremented when the list, or what is open, changes. */
  version = 0;
  /** Incremented when rows change: marks, notes, and damage found late. */
  rowsVersion = 0;
  /** Progress of the running comparison. */
  comparison: ComparisonProgress | null = null;
  readonly #capture: Capture;
  readonly #folder: string;
  readonly #workerPath: string;
  readonly #onChange: () => void;
  readonly #librarian: WorkerLink<LibrarianCalls, LibrarianNews>;
  readonly #ready: Promise<void>;
  readonly #opened = new Map<string, Promise<OpenedFile>>();
  readonly #closing = new Set<Promise<void>>();
  #files: readonly OpenedFile[] = [];
  #lastNumber = 0;
  #comparisons = 0;

  /** `capture` is the one being recorded, in the same folder. */
  constructor(parts: { readonly capture: Capture; readonly workerPath: string; readonly onChange: () => void }) {
    this.#capture = parts.capture;
    this.#folder = dirname(parts.capture.file);
    this.#workerPath = parts.workerPath;
    this.#onChange = parts.onChange;
    this.#librarian = new WorkerLink(
      parts.workerPath,
      { role: 'librarian' },
      { onNews: (progress) => this.#compares(progress) },
    );
    this.#ready = this.#librarian.call('open', this.#folder);
    this.#ready.catch(() => {});
  }

  /** Sessions of the captures that are open for reading. */
  get snapshots(): StoredSnapshot[] {
    return this.#files.flatMap(({ snapshots }) => snapshots);
  }

  async list(): Promise<CaptureList> {
    await this.#ready;
    const use = { recording: basename(this.#capture.file), opened: [...this.#opened.keys()] };
    return { folder: this.#folder, ...(await this.#librarian.call('list', use)) };
  }

  /** Opens a capture for reading; returns it again if it is open already. Throws what is wrong with it. */
  async open(file: string): Promise<OpenedCapture> {
    if (this.#isRecording(file))
      throw new ShmscopeError('busy', `${file} is being recorded: its sessions are already in the list.`);
    const known = this.#opened.get(file);
    if (known) return (await known).answer;
    if (this.#opened.size >= MAX_OPENED)
      throw new ShmscopeError('busy', `${MAX_OPENED} captures are open, which is the maximum. Close one first.`);
    const number = ++this.#lastNumber;
    const opening = OpenedFile.open(join(this.#folder, file), number, this.#workerPath, {
      onDeath: () => this.#forget(file),
      onDamage: () => this.#rowsChanged(),
    });
    this.#opened.set(file, opening);
    try {
      const opened = await opening;
      this.#files = [...this.#files, opened];
      this.#changed();
      return opened.answer;
    } catch (error) {
      this.#opened.delete(file);
      throw error;
    }
  }

  /** Does nothing for a capture that isn't open. */
  async close(file: string): Promise<void> {
    const opened = await this.#opened.get(file);
    this.#forget(file);
    if (!opened) return;
    const closing = opened.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
    await closing;
  }

  async rename(file: string, title: string | null): Promise<void> {
    await this.#ready;
    if (this.#isRecording(file)) await this.#capture.setTitle(title);
    else await this.#librarian.call('setTitle', { file, title, isOpen: this.#opened.has(file) });
    this.#changed();
  }

  async delete(file: string): Promise<void> {
    await this.#ready;
    if (this.#isRecording(file)) throw new ShmscopeError('busy', `${file} is being recorded, so it can't be deleted.`);
    if (this.#opened.has(file)) throw new ShmscopeError('busy', `${file} is open. Close it before you delete it.`);
    await this.#allClosed();
    await this.#librarian.call('delete', file);
    this.#changed();
  }

  async compare(query: CompareQuery): Promise<SessionComparison[]> {
    await this.#ready;
    this.#comparisons++;
    try {
      return await this.#librarian.call('compare', query);
    } finally {
      this.#comparisons--;
      if (this.#comparisons === 0) this.#compares(null);
    }
  }

  cancelCompare(): Promise<void> {
    return this.#librarian.call('cancelCompare', undefined);
  }

  /** Asks the capture that holds the session. Rejects with `no-such-session`, or the reader's ShmscopeError. */
  ask<N extends Question>(name: N, query: QueryOf<N>): Promise<AnswerTo<N>> {
    if (query.session < FIRST_OPENED_SESSION) return this.#capture.ask(name, query);
    const { opened, session } = this.#find(query.session);
    return opened.ask(name, { ...query, session });
  }

  /** The file that holds a session, and its number there. Throws `no-such-session`. */
  locate(id: number): { readonly file: string; readonly session: number } {
    if (id < FIRST_OPENED_SESSION) return { file: this.#capture.file, session: id };
    const { opened, session } = this.#find(id);
    return { file: opened.path, session };
  }

  async setMark(mark: SetMark): Promise<void> {
    if (mark.session < FIRST_OPENED_SESSION) await this.#capture.setMark(mark);
    else await this.#librarian.call('setMark', this.#within(mark, 'mark'));
    this.#rowsChanged();
  }

  async setNote(note: SetNote): Promise<void> {
    if (note.session < FIRST_OPENED_SESSION) await this.#capture.setNote(note);
    else await this.#librarian.call('setNote', this.#within(note, 'note'));
    this.#rowsChanged();
  }

  /**
   * Removes what the settings don't keep: whole captures at once, records of the one being recorded as time goes by.
   */
  async retain({ retention }: Settings): Promise<void> {
    await this.#ready;
    await this.#allClosed();
    const recording = basename(this.#capture.file);
    const use = { recording, recordingBytes: this.#capture.state.bytes, opened: [...this.#opened.keys()] };
    const left = await this.#librarian.call('retain', { retention, ...use });
    const oldest = retention.maxAgeDays === null ? null : (Date.now() - retention.maxAgeDays * DAY_MS) * 1000;
    await this.#capture.keepWithin({ maxBytes: left, oldest });
  }

  async end(): Promise<void> {
    await Promise.all([...this.#opened.keys()].map((file) => this.close(file)));
    await this.#librarian.end();
  }

  /** Windows can't delete a file that one of our threads has open. */
  async #allClosed(): Promise<void> {
    await Promise.allSettled(this.#closing);
  }

  #find(id: number): { readonly opened: OpenedFile; readonly session: number } {
    for (const opened of this.#files) {
      const session = opened.sessionOf(id);
      if (session !== undefined) return { opened, session };
    }
    throw new ShmscopeError(
      'no-such-session',
      `There is no session ${id}: its capture may have been closed in another window.`,
    );
  }

  #within<T extends { readonly session: number }, Name extends string>(change: T, name: Name) {
    const { opened, session } = this.#find(change.session);
    return { file: basename(opened.path), [name]: { ...change, session } } as { file: string } & Record<Name, T>;
  }

  #compares(progress: ComparisonProgress | null): void {
    this.comparison = progress;
    this.#onChange();
  }

  #isRecording(file: string): boolean {
    return file === basename(this.#capture.file);
  }

  #forget(file: string): void {
    this.#opened.delete(file);
    this.#files = this.#files.filter(({ path }) => basename(path) !== file);
    this.#changed();
  }

  #changed(): void {
    this.version++;
    this.#onChange();
  }

  #rowsChanged(): void {
    this.rowsVersion++;
    this.#onChange();
  }
}
