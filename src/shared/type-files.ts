/**
 * The user's files of declared types in the data folder: `types/*.h`, `*.rs`, `*.proto` and one `bindings.yaml`, to be
 * shared and put under version control. The host reads them for every ABI on a thread of its own.
 *
 * - `types()`: all of it as it is now. Ask again when `StateEvent.typesVersion` changes.
 * - `saveTypeFile`, `removeTypeFile`, `renameTypeFile`: each names the version of the file that it means (null: it
 * doesn't exist yet) and fails with `types-changed` if it has changed, so that nothing is overwritten that was changed
 * elsewhere. `bindings.yaml` is saved and removed in the same way. Each returns the result.
 * - `tryTypes`: the result if one file had another text, for an editor; nothing is written.
 * - `sessionTypes(session)`: the types that a session's messages are read with. For sessions of this run the user's
 * own; for those of an opened capture those stored in the capture, unless one of the user's bindings names the channel.
 *
 * The result is read with `openTypes` (`types/compiled/open.ts`), in the window too.
 */
import * as v from 'valibot';
import type { CompiledTypes } from './types/compiled/compiled.ts';
import type { Problem } from './types/model.ts';

export const BINDINGS_FILE = 'bindings.yaml';

/** Bytes of one file in UTF-8. */
export const MAX_TYPE_FILE_BYTES = 2 * 1024 * 1024;
/** Files that are read; the first by name if there are more. */
export const MAX_TYPE_FILES = 100;
/** Bytes of all files together. */
export const MAX_TYPES_BYTES = 8 * 1024 * 1024;

/** No separators, no device's name, no dot at either end: valid on every system. */
const NAME = /^(?!(con|prn|aux|nul|com\d|lpt\d)\.)[\p{L}\p{N}_][\p{L}\p{N} _.+()-]{0,99}$/iu;
const EXTENSION = /\.(h|hpp|c|rs|proto)$/i;
const NAME_RULE = 'The name of a file of types ends in .h, .rs or .proto and has letters, digits, “_”, “-”, “.”.';

/** Why a file can't have this name, as a sentence; undefined if it can. */
export const typeFileNameProblem = (name: string): string | undefined =>
  name === BINDINGS_FILE || (NAME.test(name) && EXTENSION.test(name)) ? undefined : NAME_RULE;

const anyName = v.pipe(
  v.string(NAME_RULE),
  v.check((name) => typeFileNameProblem(name) === undefined, NAME_RULE),
);
const declarationsName = v.pipe(
  anyName,
  v.check((name) => name !== BINDINGS_FILE, `${BINDINGS_FILE} keeps its name.`),
);
const text = v.pipe(
  v.string('The content of a file is text.'),
  v.check(
    (content) => new TextEncoder().encode(content).length <= MAX_TYPE_FILE_BYTES,
    `A file of types can have at most ${MAX_TYPE_FILE_BYTES / 1024 / 1024} MiB.`,
  ),
);
const version = v.pipe(v.string('A version is a text.'), v.maxLength(100));

/** `version`: null to create it, and fail if it exists. */
export const saveTypeFileSchema = v.strictObject({ name: anyName, text, version: v.nullable(version) });
export const removeTypeFileSchema = v.strictObject({ name: anyName, version });
export const renameTypeFileSchema = v.strictObject({ name: declarationsName, to: declarationsName, version });
/** `text`: null as if it didn't exist. */
export const tryTypesSchema = v.strictObject({ name: anyName, text: v.nullable(text) });
export type TypeFileText = v.InferOutput<typeof tryTypesSchema>;

export interface TypeFile {
  readonly name: string;
  readonly text: string;
  /** Differs for each text. */
  readonly version: string;
}

/** What the files declare. */
export interface ReadTypeFiles {
  /** `file` is a name in the folder, or a path that `bindings.yaml` or an `#include` leads to. */
  readonly problems: readonly Problem[];
  readonly compiled: CompiledTypes;
}

export interface TypesSnapshot extends ReadTypeFiles {
  readonly version: number;
  /** Where the files are. */
  readonly folder: string;
  /** By name. */
  readonly files: readonly TypeFile[];
  readonly bindings: TypeFile | null;
}
