import type { MessagePort } from 'node:worker_threads';
import type { Failure } from '../../shared/failure.ts';
import type { FeedHead } from '../../shared/replay/feed.ts';

/** To the thread that reads: the session's port, or that it isn't wanted any more. */
export type ToFeeder = { readonly port: MessagePort } | 'end';
export type FromFeeder = { readonly head: FeedHead } | { readonly failure: Failure };
