import type * as v from 'valibot';
import { create } from 'zustand';
import { readStored, writeStored } from './stored.ts';

interface Kept<T> {
  readonly key: string;
  readonly schema: v.GenericSchema<unknown, T>;
  /** As a sentence names it: "saved filters". */
  readonly what: string;
  readonly fallback: T;
}

/**
 * A store of what the user has set: kept, and the same in every window. Each takes over what another has written before it writes
 * itself, so that none undoes what was added elsewhere.
 */
export function createStored<T extends object>({ key, schema, what, fallback }: Kept<T>) {
  const read = () => readStored(key, schema, what, fallback);
  const store = create<T>(read);
  let isTaking = false;
  store.subscribe((state) => isTaking || writeStored(key, state, what));
  onStored(key, () => {
    isTaking = true;
    store.setState(read(), true);
    isTaking = false;
  });
  return store;
}

/** Calls `take` when another window has written what is kept under `key`, or has removed it. */
export function onStored(key: string, take: () => void): void {
  globalThis.addEventListener?.('storage', (event) => {
    // Without a key, everything was removed.
    if (event.key === key || event.key === null) take();
  });
}
