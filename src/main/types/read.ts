import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { AbiId } from '../../shared/types/abi.ts';
import type { SourceFile } from './c/preprocess.ts';
import { type Reading, readC } from './c/read.ts';
import { type ProtoReading, readProto } from './proto/read.ts';
import { readRust } from './rust/read.ts';

export interface ReadTypes {
  readonly abi: AbiId;
  /** Where `#include` looks, after the folder of the file that includes. */
  readonly includeDirs: readonly string[];
}

/** Bytes of a file: more than declarations of messages need, by far. */
const MAX_FILE_BYTES = 2 * 1024 * 1024;

/** Reads what the files declare, for one ABI. Throws `Error` for a file that can't be read at all. */
export async function readTypes(files: readonly string[], { abi, includeDirs }: ReadTypes): Promise<Reading> {
  const proto = files.find(isProto);
  if (proto) throw new Error(`${proto}: messages of Protobuf have no layout in memory. Read them with decode.`);
  const sources = files.map(sourceOf);
  const [rust, c] = [sources.filter(({ name }) => isRust(name)), sources.filter(({ name }) => !isRust(name))];
  const include = (name: string, from: string, quoted: boolean) => included(name, from, quoted, includeDirs);
  const readings = [await readC(c, { abi, include }), await readRust(rust, abi)];
  const types = new Map(readings.flatMap(({ library }) => [...library.types]));
  return { library: { abi, types }, problems: readings.flatMap(({ problems }) => problems) };
}

const isRust = (file: string): boolean => /\.rs$/i.test(file);
export const isProto = (file: string): boolean => /\.proto$/i.test(file);

/** Reads what `.proto` files and those that they import declare. Throws `Error` for a file that can't be read at all. */
export function readProtoFiles(files: readonly string[], includeDirs: readonly string[]): ProtoReading {
  return readProto(files.map(sourceOf), (name, from) => included(name, from, true, includeDirs));
}

export type { Reading };

const sourceOf = (file: string): SourceFile => ({ name: file, text: textOfFile(file) });

/** Throws `Error` where it is not there, or longer than such files are. */
export function textOfFile(file: string): string {
  const size = statSync(file).size;
  if (size > MAX_FILE_BYTES) {
    throw new Error(
      `${file} has ${size.toLocaleString('en')} bytes; ${MAX_FILE_BYTES.toLocaleString('en')} can be read. Keep the declarations of the messages in a file of their own.`,
    );
  }
  return readFileSync(file, 'utf8');
}

function included(name: string, from: string, quoted: boolean, folders: readonly string[]): SourceFile | undefined {
  const own = quoted ? [path.dirname(from)] : [];
  for (const folder of [...own, ...folders]) {
    const file = path.join(folder, name);
    try {
      if (statSync(file).isFile()) return sourceOf(file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    }
  }
  return undefined;
}
