import { create } from 'zustand';
import { createStoredValue, type Kept } from './stored.ts';

/** A store of what the user has set: kept, and the same in every window. */
export function createStored<T extends object>(kept: Kept<T>) {
  const stored = createStoredValue(kept);
  const store = create<T>(stored.get);
  store.subscribe((state) => state !== stored.get() && stored.set(state));
  stored.onChange(() => store.setState(stored.get(), true));
  return store;
}
