import type { Result } from '../../../shared/failure.ts';

/** Which part of worker.ts a thread runs. */
export interface WorkerRole {
  readonly role: 'writer' | 'reader' | 'search' | 'regex' | 'fields' | 'librarian';
}

// biome-ignore lint/suspicious/noExplicitAny: a table's functions differ in their arguments
export type CallTable<T> = Record<keyof T, (argument: any) => unknown>;

export interface Call {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

/** From a worker: the reply to a call, or news. */
export type FromWorker<News> = { readonly id: number; readonly result: Result<unknown> } | { readonly news: News };
