import { isoMicros } from '../json-record.ts';
import type { Value } from './schema-words.ts';

/** `{{name}}` in the texts of a scenario: variables, and what is generated each time. */

/** The value of a name; undefined if it has none. */
export type Lookup = (name: string) => Value | undefined;

const BRACED = /\{\{\s*([^{}\n]*?)\s*\}\}/g;
const WHOLE = /^\{\{\s*([^{}\n]*?)\s*\}\}$/;
const RANDOM = /^random:(\d{1,5})$/;

/** Names with a built-in meaning. */
const MADE = ['n', 'time', 'uuid', 'random'] as const;

/** Why a variable can't have this name, as a sentence; undefined if it can. */
export const reservedName = (name: string): string | undefined =>
  (MADE as readonly string[]).includes(name) ? `${name} is reserved. Choose another name.` : undefined;

/** Whether it is the name of a variable, which can be given a value. */
export const isVariable = (name: string): boolean => !isMade(name) && reservedName(name) === undefined;

/** Generated for each message: undefined for all other names. */
export function made(name: string, wall: () => number): string | undefined {
  if (name === 'time') return isoMicros(wall());
  if (name === 'uuid') return crypto.randomUUID();
  const [, digits] = RANDOM.exec(name) ?? [];
  return digits === undefined ? undefined : randomDigits(Number(digits));
}

/** `n` only exists in a repeat. */
export const isMade = (name: string): boolean => name === 'time' || name === 'uuid' || RANDOM.test(name);

function randomDigits(count: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(Math.ceil(count / 2)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, count);
}

/** Names that a text uses. */
export const namesIn = (text: string): string[] => [...text.matchAll(BRACED)].map(([, name = '']) => name);

export const hasTemplate = (text: string): boolean => text.includes('{{') && text.search(BRACED) >= 0;

/** The text with its names replaced; unknown ones are left as written. */
export const fillText = (text: string, lookup: Lookup): string =>
  text.includes('{{') ? text.replace(BRACED, (whole, name: string) => String(lookup(name) ?? whole)) : text;

/** The same for all texts in a value. In JSON, a text that is only a name becomes the value itself: `"{{count}}"`. */
export function fillDeep(value: unknown, lookup: Lookup, inJson = false): unknown {
  if (typeof value === 'string') {
    const [, name] = (inJson && WHOLE.exec(value)) || [];
    return (name === undefined ? undefined : lookup(name)) ?? fillText(value, lookup);
  }
  if (Array.isArray(value)) return value.map((each) => fillDeep(each, lookup, inJson));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, fillDeep(each, lookup, inJson || key === 'json')]);
  return Object.fromEntries(entries as [string, unknown][]);
}

/** Each text in a value that uses names, and its position. */
export function* templatesIn(
  value: unknown,
  path: readonly (string | number)[] = [],
): Generator<{ readonly text: string; readonly path: readonly (string | number)[] }> {
  if (typeof value === 'string' && hasTemplate(value)) yield { text: value, path };
  if (typeof value !== 'object' || value === null) return;
  const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [key, each] of entries) yield* templatesIn(each, [...path, key]);
}
