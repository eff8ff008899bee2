import { typeFileNameProblem } from '../../../shared/type-files.ts';

/** Files that are offered for choosing. */
export const ACCEPTED = '.h,.hpp,.c,.rs,.proto';

/** `id: u32,` and what precedes it. */
const RUST = /#\[repr|^\s*pub\s+(struct|enum|union|type|const)\b|^\s*(pub\s+)?\w+\s*:\s*[^;:]+,\s*$/m;
const PROTO = /^\s*(syntax\s*=|message\s+\w+\s*\{)/m;
const TYPE = /\b(?:struct|message|union)\s+([A-Za-z_]\w*)\s*\{/g;

/**
 * A name for a text of declarations: from its last type, which usually contains the others, and its language; not yet
 * taken.
 */
export function nameFor(text: string, taken: readonly string[]): string {
  const extension = PROTO.test(text) ? 'proto' : RUST.test(text) ? 'rs' : 'h';
  const last = [...text.matchAll(TYPE)].at(-1)?.[1] ?? 'types';
  return unusedName(`${last}.${extension}`, taken);
}

/** The name, or the same with a number if it is taken. Case doesn't matter, as on Windows. */
export function unusedName(name: string, taken: readonly string[]): string {
  const isTaken = (one: string) => taken.some((other) => other.toLowerCase() === one.toLowerCase());
  const dot = name.lastIndexOf('.');
  for (let count = 1; ; count++) {
    const tried = count === 1 ? name : `${name.slice(0, dot)}-${count}${name.slice(dot)}`;
    if (!isTaken(tried)) return tried;
  }
}

/** Why a file can't have this name; undefined if it can. */
export function nameProblem(name: string, taken: readonly string[]): string | undefined {
  if (taken.some((other) => other.toLowerCase() === name.toLowerCase()))
    return `A file named “${name}” already exists.`;
  return typeFileNameProblem(name);
}
