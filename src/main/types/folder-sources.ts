import path from 'node:path';
import { BINDINGS_FILE } from '../../shared/type-files.ts';
import type { Problem } from '../../shared/types/model.ts';
import type { SourceFile } from './c/preprocess.ts';
import { isFile, placesOf, type Sources, textOfFile } from './read.ts';

/** What a folder of types is read from. */
export interface FolderTexts {
  readonly folder: string;
  /** Of the files in it, except `bindings.yaml`. */
  readonly files: readonly SourceFile[];
  /** Further files and include folders that the bindings name, relative to the folder. */
  readonly types: readonly string[];
  readonly include: readonly string[];
}

const INCLUDE = /^[ \t]*(?:#[ \t]*include|import(?:[ \t]+(?:public|weak))?)[ \t]*"([^"\n]+)"/gm;

/**
 * The files of the folder and those that the bindings name, as sources named by their place in the folder. A file that
 * another one includes is read there. Problems are added while they are read.
 */
export function folderSources({ folder, files, types, include: folders }: FolderTexts): {
  readonly sources: Sources;
  readonly problems: readonly Problem[];
} {
  const known = new Map(files.map((file) => [file.name, file]));
  const problems: Problem[] = [];
  const find = (name: string, from: string): SourceFile | undefined => {
    const place = path.normalize(name);
    const own = known.get(place);
    if (own) return own;
    const file = path.resolve(folder, place);
    try {
      if (!isFile(file)) return undefined;
      const read = { name: place, text: textOfFile(file) };
      known.set(place, read);
      return read;
    } catch (error) {
      problems.push(problemOf(error instanceof Error ? error.message : String(error), from));
      return undefined;
    }
  };
  const named = types.flatMap((name) => {
    const file = find(name, BINDINGS_FILE);
    if (!file) problems.push(problemOf(`types: “${name}” can't be found or read.`, BINDINGS_FILE));
    return file ?? [];
  });
  const include: Sources['include'] = (name, from, quoted) => {
    for (const place of placesOf(name, from, quoted, ['.', ...folders])) {
      const found = find(place, from);
      if (found) return found;
    }
    return undefined;
  };
  const all = new Map([...named, ...files].map((file) => [file.name, file]));
  return { sources: { files: rootsOf([...all.values()], include), include }, problems };
}

/** Not those that others include, unless they include each other in a circle. */
function rootsOf(files: readonly SourceFile[], include: Sources['include']): SourceFile[] {
  const targets = new Map(files.map((file) => [file.name, includedBy(file, include)]));
  const reached = new Set<string>();
  const reach = (name: string) => {
    for (const target of targets.get(name) ?? []) {
      if (reached.has(target)) continue;
      reached.add(target);
      reach(target);
    }
  };
  const inner = new Set([...targets].flatMap(([name, own]) => own.filter((target) => target !== name)));
  const roots = files.filter(({ name }) => !inner.has(name));
  for (const { name } of roots) reach(name);
  for (const file of files) {
    if (reached.has(file.name) || roots.includes(file)) continue;
    roots.push(file);
    reach(file.name);
  }
  return roots;
}

const includedBy = ({ name, text }: SourceFile, include: Sources['include']): string[] =>
  [...text.matchAll(INCLUDE)].flatMap(([, target = '']) => include(target, name, true)?.name ?? []);

const problemOf = (message: string, file: string): Problem => ({
  severity: 'error',
  message,
  ...{ file, line: 1, column: 1 },
});
