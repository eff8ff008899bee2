import type { MessagePort } from 'node:worker_threads';
import type { CaptureState } from '../../../shared/api.ts';
import type { SetMark, SetNote } from '../../../shared/marks.ts';
import type { SessionTypes } from '../../../shared/types/compiled/compiled.ts';
import type { CapturedSession } from '../store/captured-session.ts';
import type { Limits } from './trim.ts';

/** What the main thread asks of the writer. All calls throw ShmscopeError. */
export interface WriterCalls {
  /** In `folder`, under a new name unless one is given. */
  open(place: { readonly folder: string; readonly name?: string }): { readonly file: string };
  connect(call: { readonly session: CapturedSession; readonly port: MessagePort }): void;
  /** Tries at once to write what a failure held back; throws if it fails again. */
  retry(): void;
  /** Commits everything posted to the ports so far; throws if it can't, and keeps it. */
  drain(): void;
  /** Of a committed record. */
  setMark(mark: SetMark): void;
  setNote(note: SetNote): void;
  setTitle(title: string | null): void;
  /** The types that the session's messages are read with. */
  setTypes(types: SessionTypes): void;
  /** From now on the oldest records are removed, in slices, while the file exceeds its limits. */
  keepWithin(limits: Limits): void;
  /** Closes ports and file. The thread ends by itself. */
  close(): void;
}

/** What the writer reports unasked, at most 30 times a second. */
export interface WriterNews {
  readonly state: CaptureState;
  /** Committed records, for sessions where that changed. */
  readonly committed: readonly (readonly [session: number, records: number])[];
}
