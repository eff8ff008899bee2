import type { MessagePort } from 'node:worker_threads';
import type { CaptureState } from '../../../shared/api.ts';
import type { SetMark, SetNote } from '../../../shared/marks.ts';
import type { SessionTypes } from '../../../shared/types/compiled/compiled.ts';
import type { CapturedSession } from '../store/captured-session.ts';
import type { Limits } from './trim.ts';

/** What the main thread asks of the writer. All of them throw ShmscopeError. */
export interface WriterCalls {
  /** In `folder`, under a name of its own unless it is given one. */
  open(place: { readonly folder: string; readonly name?: string }): { readonly file: string };
  connect(call: { readonly session: CapturedSession; readonly port: MessagePort }): void;
  /** Tries to write at once what a failure holds back; throws when it fails again. */
  retry(): void;
  /** Commits all that was posted to the ports so far; throws when it can't, and keeps it. */
  drain(): void;
  /** Of a committed record. */
  setMark(mark: SetMark): void;
  setNote(note: SetNote): void;
  setTitle(title: string | null): void;
  /** By which the session's messages are read. */
  setTypes(types: SessionTypes): void;
  /** From now on the oldest records are removed, in slices, while the file is beyond its limits. */
  keepWithin(limits: Limits): void;
  /** Closes ports and file. The thread ends by itself. */
  close(): void;
}

/** What the writer reports on its own, at most 30 times a second. */
export interface WriterNews {
  readonly state: CaptureState;
  /** Records committed, of the sessions where that changed. */
  readonly committed: readonly (readonly [session: number, records: number])[];
}
