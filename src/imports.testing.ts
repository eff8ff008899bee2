import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Import {
  readonly file: string;
  readonly target: string;
  /** None of it is left at run time. */
  readonly typeOnly: boolean;
}

const STATEMENT = /(?:^|\n)\s*(?:import|export)\s(?:(type)\s)?([^'";]*?\sfrom\s+|\s*)?'([^'\n]+)'/g;
const DYNAMIC = /\bimport\(\s*'([^']+)'\s*\)/g;

export function importsOf(file: string, text: string): Import[] {
  const fixed = [...text.matchAll(STATEMENT)].map(([, type, names = '', target = '']) => ({
    file,
    target: resolved(file, target),
    typeOnly: type === 'type' || /^\{(\s*type [^,}]+,?)+\s*\}\s+from/.test(names.trimStart()),
  }));
  const dynamic = [...text.matchAll(DYNAMIC)].map(([, target = '']) => ({
    file,
    target: resolved(file, target),
    typeOnly: false,
  }));
  return [...fixed, ...dynamic];
}

/**
 * A file of ours as a path below src, whatever the bundler is asked to make of it; a package or a built-in module as it
 * is.
 */
function resolved(file: string, target: string): string {
  if (!target.startsWith('.')) return target;
  const [where = '', query] = path.posix.join(path.posix.dirname(file), target).split('?');
  return query === undefined ? where : `${where}.ts`;
}

export const isTest = (file: string) => /(\.test\.tsx?|\.contract(-peer)?\.ts|\.peers\.ts|\/testing\.ts)$/.test(file);

/** The sources in a folder for which `isMeant` holds, as paths below it, and all that they import. */
export function importsBelow(
  root: string,
  isMeant: (file: string) => boolean = () => true,
): { readonly sources: readonly string[]; readonly imports: readonly Import[] } {
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => /\.(tsx?|mjs)$/.test(file) && isMeant(file));
  return { sources, imports: sources.flatMap((file) => importsOf(file, readFileSync(path.join(root, file), 'utf8'))) };
}
