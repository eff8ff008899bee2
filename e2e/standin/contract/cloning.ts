import type { Api } from '../../../src/shared/api.ts';

/** One direction of a transport: what is sent arrives later, cloned. */
export class Wire<Message> {
  readonly #listeners = new Set<(message: Message) => void>();

  readonly send = (message: Message): void => {
    const clone = structuredClone(message);
    setImmediate(() => {
      for (const listener of this.#listeners) listener(clone);
    });
  };

  readonly listen = (listener: (message: Message) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
}

/** What contextBridge does to an API: functions stay functions, all other values are cloned, both ways. */
export function clonedApi(api: Api): Api {
  const entries = Object.entries(api as unknown as Record<string, AnyFunction>);
  return Object.fromEntries(entries.map(([name, fn]) => [name, cloning(fn)])) as unknown as Api;
}

type AnyFunction = (...args: unknown[]) => unknown;

const cloning =
  (fn: AnyFunction): AnyFunction =>
  (...args) =>
    crossing(fn(...args.map(crossing)));

function crossing(value: unknown): unknown {
  if (typeof value === 'function') return cloning(value as AnyFunction);
  // A promise from another realm isn't an instance of this one's.
  if (typeof (value as PromiseLike<unknown> | undefined)?.then === 'function') {
    return Promise.resolve(value as PromiseLike<unknown>).then(crossing);
  }
  return structuredClone(value);
}
