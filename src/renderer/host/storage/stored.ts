import { useSyncExternalStore } from 'react';
import * as v from 'valibot';
import type { KeptKey } from '../../../shared/kept.ts';
import { readEarlier } from './earlier.ts';
import { keepText, keptText, onKept, setAside } from './kept.ts';

export interface Kept<T> {
  readonly key: KeptKey;
  readonly schema: v.GenericSchema<unknown, T>;
  /** As a sentence names it: "saved filters". */
  readonly what: string;
  /** Where nothing is kept, or nothing that fits the schema. */
  readonly fallback: T;
  /** Both in one, where a browser's own storage has one too from an earlier version; without it, what is kept counts. */
  readonly merge?: (kept: T, earlier: T) => T;
}

/** A value that is kept for the user in the data folder. */
export interface Stored<T> {
  /** The same object until it changes. */
  readonly get: () => T;
  readonly set: (value: T) => void;
  /** Calls `changed` when it was set, here or in another window. Returns its own undo. */
  readonly onChange: (changed: () => void) => () => void;
}

export function createStoredValue<T>(kept: Kept<T>): Stored<T> {
  const { key, what } = kept;
  const listeners = new Set<() => void>();
  let value = read(kept);

  const become = (next: T) => {
    value = next;
    for (const listener of listeners) listener();
  };
  const set = (next: T) => {
    keepText(key, JSON.stringify(next), what);
    become(next);
  };
  onKept(key, () => become(read(kept)));
  const earlier = readEarlier(key, kept.schema);
  if (earlier) {
    const both = keptText(key) === null ? earlier.value : (kept.merge?.(value, earlier.value) ?? value);
    keepText(key, JSON.stringify(both), what, earlier.taken);
    value = both;
  }
  return {
    get: () => value,
    set,
    onChange: (changed) => {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
  };
}

/** The value, and again when it changes. */
export const useStored = <T>({ get, onChange }: Stored<T>): T => useSyncExternalStore(onChange, get);

function read<T>({ key, schema, what, fallback }: Kept<T>): T {
  const text = keptText(key);
  if (text === null) return fallback;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (parsed.success) return parsed.output;
  setAside(key, what, parsed.issues[0].message);
  return fallback;
}
