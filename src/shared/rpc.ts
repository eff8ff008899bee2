import * as v from 'valibot';
import { type Api, METHOD_NAMES, type MethodName, type StateEvent } from './api.ts';
import type { Failure, Result } from './failure.ts';
import { PendingCalls } from './pending-calls.ts';

/** The names of Electron's IPC channels, one each way. */
export const IPC = { request: 'shmscope:request', message: 'shmscope:message' } as const;

/** Page to host, on every transport. */
export const requestSchema = v.strictObject({
  id: v.pipe(v.number(), v.safeInteger()),
  method: v.string(),
  args: v.array(v.unknown()),
});
export type Request = v.InferOutput<typeof requestSchema>;

interface Reply {
  readonly id: number;
  readonly result: Result<unknown>;
}

/** Host to page, on every transport. */
export type HostMessage = Reply | { readonly state: StateEvent };

/** A connection to a host that keeps values whole, as structured cloning does. */
export interface Transport {
  /** Throws if the request can't be sent; the call then fails with that. */
  readonly post: (request: Request) => void;
  /** Returns an unsubscribe function. */
  readonly onMessage: (listener: (message: HostMessage) => void) => () => void;
}

export interface Client {
  readonly api: Api;
  /** Ends every pending call. */
  readonly failPending: (failure: Failure) => void;
}

/** The contract as calls over `transport`. */
export function createClient(transport: Transport): Client {
  const listeners = new Set<(event: StateEvent) => void>();
  // A random start: an answer meant for the page before a reload finds nobody here.
  const pending = new PendingCalls(Math.floor(Math.random() * 2 ** 48));

  const call = (method: MethodName, args: unknown[]) => pending.begin((id) => transport.post({ id, method, args }));

  const onState: Api['onState'] = (listener) => {
    // An entry per call, so that undoing one leaves the other.
    const entry = (event: StateEvent) => listener(event);
    listeners.add(entry);
    return () => void listeners.delete(entry);
  };

  transport.onMessage((message) => {
    if ('id' in message) pending.settle(message.id, message.result);
    else for (const listener of listeners) listener(message.state);
  });

  const calls = METHOD_NAMES.map((method) => [method, (...args: unknown[]) => call(method, args)] as const);
  return {
    api: { ...Object.fromEntries(calls), onState } as unknown as Api,
    failPending: (failure) => pending.failAll(failure),
  };
}
