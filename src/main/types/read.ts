import { statSync } from 'node:fs';
import path from 'node:path';
import { MAX_TYPE_FILE_BYTES } from '../../shared/type-files.ts';
import type { AbiId } from '../../shared/types/abi.ts';
import { readGivenText, readLooseText } from '../files/given-file.ts';
import type { SourceFile } from './c/preprocess.ts';
import { type Reading, readC } from './c/read.ts';
import { type ProtoReading, readProto } from './proto/read.ts';
import { readRust } from './rust/read.ts';

export interface ReadTypes {
  readonly abi: AbiId;
  /** Where `#include` looks, after the folder of the including file. */
  readonly includeDirs: readonly string[];
}

/** Declaration files, wherever they come from. */
export interface Sources {
  readonly files: readonly SourceFile[];
  /** What one includes or imports; undefined if it doesn't exist. Throws `Error` if it can't be read. */
  readonly include: (name: string, from: string, quoted: boolean) => SourceFile | undefined;
}

/** Reads what the files declare, for one ABI. Throws `Error` if a file can't be read at all. */
export async function readTypes(files: readonly string[], { abi, includeDirs }: ReadTypes): Promise<Reading> {
  const proto = files.find(isProto);
  if (proto) throw new Error(`${proto}: messages of Protobuf have no layout in memory. Read them with decode.`);
  return readSources(sourcesOn(files, includeDirs), abi);
}

/** The same for C and Rust from anywhere. */
export async function readSources({ files, include }: Sources, abi: AbiId): Promise<Reading> {
  const [rust, c] = [files.filter(({ name }) => isRust(name)), files.filter(({ name }) => !isRust(name))];
  const readings = [await readC(c, { abi, include }), await readRust(rust, abi)];
  const types = new Map(readings.flatMap(({ library }) => [...library.types]));
  return { library: { abi, types }, problems: readings.flatMap(({ problems }) => problems) };
}

const isRust = (file: string): boolean => /\.rs$/i.test(file);
export const isProto = (file: string): boolean => /\.proto$/i.test(file);

/** Reads what `.proto` files and their imports declare. */
export const readProtoSources = ({ files, include }: Sources): ProtoReading =>
  readProto(files, (name, from) => include(name, from, true));

export type { Reading };

/** Files on disk by their paths. */
export const sourcesOn = (files: readonly string[], includeDirs: readonly string[]): Sources => ({
  files: files.map(sourceOf),
  include: (name, from, quoted) => {
    const found = placesOf(name, from, quoted, includeDirs).find(isFile);
    return found === undefined ? undefined : sourceOf(found);
  },
});

/** Where a file that another includes may be: beside it if quoted, then in the folders. */
export const placesOf = (name: string, from: string, quoted: boolean, folders: readonly string[]): string[] =>
  [...(quoted ? [path.dirname(from)] : []), ...folders].map((folder) => path.join(folder, name));

const sourceOf = (file: string): SourceFile => ({ name: file, text: textOfFile(file) });

export function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return false;
  }
}

/** The text of declarations. Throws `Error` if it can't be read, or is longer than such files are. */
export const textOfFile = (file: string): string => naming(file, () => readLooseText(file, MAX_TYPE_FILE_BYTES));

/** The same for bindings, whose letters may be compared with those of messages. */
export const textOfBindings = (file: string): string => naming(file, () => readGivenText(file, MAX_TYPE_FILE_BYTES));

function naming(file: string, read: () => string): string {
  try {
    return read();
  } catch (error) {
    throw new Error(`${file} can't be read: ${(error as Error).message}.`);
  }
}

export const tooLong = (file: string, size: number): string =>
  `${file} has ${size.toLocaleString('en')} bytes; ${MAX_TYPE_FILE_BYTES.toLocaleString('en')} can be read. Keep the declarations of the messages in a file of their own.`;
