import * as v from 'valibot';
import { create, type StoreApi, type UseBoundStore } from 'zustand';
import type { KeptKey } from '../../../shared/kept.ts';
import { readEarlier } from './earlier.ts';
import { keepText, keptText, onKept, setAside } from './kept.ts';

/** A user's setting: kept in the data folder, and the same in every window. */
export type Preference<T> = UseBoundStore<StoreApi<T>>;

/**
 * @param fallback if nothing is kept, or nothing that fits the schema
 * @param merge merges both into one if a browser's own storage has one too from an earlier version; without it, the
 * kept one wins
 */
export function preference<T>(
  key: KeptKey,
  schema: v.GenericSchema<unknown, T>,
  fallback: T,
  merge = (kept: T, _earlier: T): T => kept,
): Preference<T> {
  const read = () => readKept(key, schema, fallback);
  const store = create<T>(read);
  const earlier = readEarlier(key, schema);
  if (earlier) {
    const both = keptText(key) === null ? earlier.value : merge(store.getState(), earlier.value);
    keepText(key, JSON.stringify(both), earlier.taken);
    store.setState(both, true);
  }
  let isHeard = false;
  onKept(key, () => {
    isHeard = true;
    store.setState(read(), true);
    isHeard = false;
  });
  store.subscribe((value) => isHeard || keepText(key, JSON.stringify(value)));
  return store;
}

function readKept<T>(key: KeptKey, schema: v.GenericSchema<unknown, T>, fallback: T): T {
  const text = keptText(key);
  if (text === null) return fallback;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (parsed.success) return parsed.output;
  setAside(key, parsed.issues[0].message);
  return fallback;
}
