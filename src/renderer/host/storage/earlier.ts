import * as v from 'valibot';
import type { KeptKey } from '../../../shared/kept.ts';

/**
 * What an earlier version kept in the browser's own storage under `key`; undefined if there is nothing useful, or it
 * was taken over before. It stays there: `taken` only notes that the host has it.
 */
export function readEarlier<T>(
  key: KeptKey,
  schema: v.GenericSchema<unknown, T>,
): { readonly value: T; readonly taken: () => void } | undefined {
  const place = `shmscope.${key}`;
  const note = `${place}.taken-over`;
  try {
    const text = localStorage.getItem(place);
    if (text === null || localStorage.getItem(note) !== null) return undefined;
    const parsed = v.safeParse(schema, jsonOrText(text));
    if (!parsed.success) return undefined;
    return { value: parsed.output, taken: () => localStorage.setItem(note, new Date().toISOString()) };
  } catch {
    // There is none, or the browser has locked it.
    return undefined;
  }
}

/** Lists were JSON, single words were stored as they are. */
function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
