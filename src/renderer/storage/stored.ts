import * as v from 'valibot';
import { notify } from '../shell/notices-store.ts';

/** What is kept for the user under `key`, or `fallback` where there is nothing; what can't be read is put aside and said. */
export function readStored<T>(key: string, schema: v.GenericSchema<unknown, T>, what: string, fallback: T): T {
  const text = globalThis.localStorage?.getItem(key) ?? null;
  if (text === null) return fallback;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (parsed.success) return parsed.output;
  localStorage.setItem(`${key}.damaged`, text);
  localStorage.removeItem(key);
  const message = `What was kept is damaged (${parsed.issues[0].message}). It was put aside, and a new list begun.`;
  notify(`The ${what} could not be read`, { code: 'internal', message });
  return fallback;
}

/** Keeps `value` under `key`; where there is no room, says so. */
export function writeStored(key: string, value: unknown, what: string): void {
  try {
    globalThis.localStorage?.setItem(key, JSON.stringify(value));
  } catch {
    const message = 'The room for it is used up: it is there until the window is closed. Delete some of them.';
    notify(`The ${what} could not be kept`, { code: 'internal', message });
  }
}
