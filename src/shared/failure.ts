import type { Layout } from './domain.ts';

/** The operating system's answer: its code and its own sentence. */
export interface OsError {
  readonly code: number;
  readonly message: string;
}

/** An error as data: it crosses threads, IPC and WebSocket unchanged. */
export interface Failure {
  /** Stable, kebab-case, e.g. `name-taken`. Listed in {@link FailureCode}. */
  readonly code: FailureCode;
  /** One or two sentences for the user: what happened, why, and what to do. */
  readonly message: string;
  readonly os?: OsError;
  /** Layouts that a section may have and that could not be distinguished, the most likely first. */
  readonly layouts?: readonly Layout[];
  /** The id under which the program's log tells more. */
  readonly id?: string;
}

export type FailureCode =
  | 'invalid-argument'
  | 'name-invalid'
  | 'name-taken'
  | 'name-other-kind'
  | 'access-denied'
  | 'access-invalid'
  | 'access-unsupported'
  | 'no-such-section'
  | 'no-such-event'
  /** None came while a client waited for it. */
  | 'no-server'
  | 'section-too-small'
  | 'section-not-committed'
  | 'layout-ambiguous'
  | 'layout-unknown'
  | 'payload-too-large'
  | 'slot-full'
  | 'channel-lost'
  | 'header-changed'
  | 'closed'
  | 'busy'
  | 'cancelled'
  | 'no-such-session'
  | 'no-such-record'
  | 'too-many-sessions'
  | 'worker-died'
  | 'capture-failed'
  | 'filter-invalid'
  | 'filter-too-slow'
  | 'no-such-job'
  | 'export-failed'
  | 'import-failed'
  | 'import-invalid'
  | 'not-here'
  | 'no-such-program'
  | 'not-a-program'
  /** For another system or processor. */
  | 'wrong-machine'
  | 'needs-elevation'
  | 'peer-failed'
  | 'no-such-peer'
  | 'too-many-peers'
  | 'no-such-capture'
  | 'not-a-capture'
  | 'capture-newer'
  | 'capture-locked'
  | 'capture-damaged'
  /** It is intact, but can't be replayed. */
  | 'capture-unfit'
  | 'read-only'
  | 'settings-failed'
  /** A file of types has changed meanwhile. */
  | 'types-changed'
  | 'types-failed'
  | 'scenario-invalid'
  | 'no-such-run'
  | 'os-error'
  | 'disconnected'
  | 'internal';

/** There is no channel yet: it can be waited for. */
export const ABSENT: readonly FailureCode[] = ['no-such-section', 'no-such-event'];

/** How every call of the contract ends. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** A {@link Failure} on its way up the stack. */
export class ShmscopeError extends Error {
  override readonly name = 'ShmscopeError';
  readonly failure: Failure;

  constructor(code: FailureCode, message: string, os?: OsError, layouts?: readonly Layout[], id?: string) {
    super(message);
    this.failure = { code, message, ...(os && { os }), ...(layouts && { layouts }), ...(id && { id }) };
  }

  get code(): FailureCode {
    return this.failure.code;
  }
}

let reportInternal: ((error: unknown) => string) | undefined;

/** Calls `report` for each error that becomes an `internal` failure on this thread; it returns the id of its report. */
export function reportInternalTo(report: (error: unknown) => string): void {
  reportInternal = report;
}

/**
 * Any thrown value as a {@link Failure}; one that isn't ours becomes `internal` with its own message, and is reported.
 */
export function toFailure(error: unknown): Failure {
  if (error instanceof ShmscopeError && (error.code !== 'internal' || error.failure.id)) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  const said = error instanceof ShmscopeError ? message : `Unexpected error: ${message}`;
  const id = reportInternal?.(error);
  return { code: 'internal', message: said, ...(id && { id }) };
}

export function failureToError(failure: Failure): ShmscopeError {
  return new ShmscopeError(failure.code, failure.message, failure.os, failure.layouts, failure.id);
}
