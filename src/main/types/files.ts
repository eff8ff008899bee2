import path from 'node:path';
import type { ReadTypeFiles } from '../../shared/type-files.ts';
import type { AbiId } from '../../shared/types/abi.ts';
import { readBindings } from '../../shared/types/bindings/bindings.ts';
import { compileTypes } from './compile.ts';
import { sourcesOn, textOfBindings } from './read.ts';

interface GivenFiles {
  readonly files: readonly string[];
  readonly includeDirs: readonly string[];
  /** For bindings that name none. */
  readonly abi: AbiId;
}

/** The type of all messages, in a binding of its own. */
export const compileType = (type: string, { files, includeDirs, abi }: GivenFiles): Promise<ReadTypeFiles> =>
  compileTypes(sourcesOn(files, includeDirs), {
    bindings: { types: files, include: includeDirs, rules: [{ type, line: 1, column: 1 }] },
    ...{ bindingsFile: TYPE_OPTION, abi, onlyBound: true },
  });

/** The file of its problems. */
export const TYPE_OPTION = '--type';

/** Reads a bindings file and the declarations that it names. Throws `Error` if a file can't be read. */
export async function compileBindings(file: string, { files, includeDirs, abi }: GivenFiles): Promise<ReadTypeFiles> {
  const { bindings, problems } = readBindings(textOfBindings(file), file);
  const beside = (name: string) => path.resolve(path.dirname(file), name);
  const all = [...(bindings?.types ?? []).map(beside), ...files];
  const folders = [...(bindings?.include ?? []).map(beside), ...includeDirs];
  const read = await compileTypes(sourcesOn(all, folders), { bindings, bindingsFile: file, abi, onlyBound: true });
  return { ...read, problems: [...problems, ...read.problems] };
}

/** Everything that the files declare; no message has one of these types by itself. */
export const compileFiles = ({ files, includeDirs, abi }: GivenFiles): Promise<ReadTypeFiles> =>
  compileTypes(sourcesOn(files, includeDirs), { bindings: undefined, bindingsFile: '', abi, onlyBound: false });
