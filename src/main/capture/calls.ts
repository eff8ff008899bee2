import type { MessagePort } from 'node:worker_threads';
import type { CaptureState } from '../../shared/api.ts';
import type { ComparisonProgress } from '../../shared/captures.ts';
import type { Result } from '../../shared/failure.ts';
import type { FindAnswer, FindQuery, PositionAnswer, PositionQuery } from '../../shared/find.ts';
import type { PayloadQuery, RowPage, RowQuery } from '../../shared/log.ts';
import type { Mark, MarksQuery, SetMark, SetNote } from '../../shared/marks.ts';
import type { Figures, FiguresQuery, Timeline, TimelineQuery } from '../../shared/timeline.ts';
import type { CapturedSession } from './journal.ts';
import type { Readable } from './library/salvage.ts';
import type { ClosedCapture } from './reader.ts';
import type { Limits } from './trim.ts';

/** Which part of worker.ts a thread runs. */
export interface WorkerRole {
  readonly role: 'writer' | 'reader' | 'search' | 'regex' | 'librarian';
}

/** What the main thread asks of the writer. All of them throw ShmscopeError. */
export interface WriterCalls {
  open(folder: string): { readonly file: string };
  connect(call: { readonly session: CapturedSession; readonly port: MessagePort }): void;
  /** Tries to write at once what a failure holds back; throws when it fails again. */
  retry(): void;
  /** Commits all that was posted to the ports so far; throws when it can't, and keeps it. */
  drain(): void;
  /** Of a committed record. */
  setMark(mark: SetMark): void;
  setNote(note: SetNote): void;
  setTitle(title: string | null): void;
  /** From now on the oldest records are removed, in slices, while the file is beyond its limits. */
  keepWithin(limits: Limits): void;
  /** Closes ports and file. The thread ends by itself. */
  close(): void;
}

/** What the main thread asks of the reader. All of them throw ShmscopeError. */
export interface ReaderCalls {
  open(file: string): void;
  /** A capture that isn't being recorded, and may be anything. Damage deep within a large one is told later, as news. */
  openClosed(file: string): Promise<ClosedCapture>;
  rows(query: RowQuery): Promise<RowPage>;
  find(query: FindQuery): Promise<FindAnswer>;
  position(query: PositionQuery): Promise<PositionAnswer>;
  cancelSearch(query: { readonly session: number }): void;
  payload(query: PayloadQuery): Uint8Array<ArrayBuffer>;
  timeline(query: TimelineQuery): Promise<Timeline>;
  figures(query: FiguresQuery): Promise<Figures>;
  marks(query: MarksQuery): Mark[];
  close(): Promise<void>;
}

/** What the librarian tells unasked: how far a comparison is. */
export type LibrarianNews = ComparisonProgress;

/** What the writer tells unasked, at most 30 times a second. */
export interface WriterNews {
  readonly state: CaptureState;
  /** Records committed, of the sessions where that changed. */
  readonly committed: readonly (readonly [session: number, records: number])[];
}

/** Not all of an opened capture can be read after all. From then on only what can be read is there. */
export interface ReaderNews {
  readonly damage: readonly Readable[];
}

// biome-ignore lint/suspicious/noExplicitAny: a table's functions differ in their arguments
export type CallTable<T> = Record<keyof T, (argument: any) => unknown>;

export interface Call {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

/** From a worker: the answer to a call, or news. */
export type FromWorker<News> = { readonly id: number; readonly result: Result<unknown> } | { readonly news: News };
