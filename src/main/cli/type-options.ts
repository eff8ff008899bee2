import { type Command, Option } from 'commander';
import type { AbiId } from '../../shared/types/abi.ts';
import type { CompiledTypes } from '../../shared/types/compiled/compiled.ts';
import { openTypes } from '../../shared/types/compiled/open.ts';
import type { FieldJson } from '../../shared/types/field-json.ts';
import { fieldsJson } from '../../shared/types/field-json.ts';
import { entriesOf } from '../../shared/types/listing.ts';
import type { Problem } from '../../shared/types/model.ts';
import { SELF_DESCRIBING } from '../../shared/types/self-describing/forms.ts';
import { compileBindings, compileType, TYPE_OPTION } from '../types/files.ts';
import { UsageError } from './exit-status.ts';
import type { Payload } from './payload.ts';
import { problemLines } from './read-declarations.ts';
import { abiOption, includeOption } from './types-command.ts';

/** The options that say which type messages have. */
export interface GivenTypes {
  readonly types: readonly string[];
  readonly type?: string;
  readonly bindings?: string;
  readonly abi: AbiId;
  readonly include: readonly string[];
}

export const addTypes = (command: Command): Command =>
  command
    .addOption(new Option('--types <file...>', 'C headers, .rs or .proto files that declare the type').default([], ''))
    .option('--type <name>', 'the type of the messages; without --types msgpack, cbor or json')
    .addOption(new Option('--bindings <file>', 'which type a message has (docs/types.md)').conflicts('type'))
    .addOption(abiOption())
    .addOption(includeOption());

/** Files that {@link typesOf} reads. */
export const typeFiles = ({ types, bindings }: GivenTypes): string[] => [
  ...types,
  ...(bindings === undefined ? [] : [bindings]),
];

/**
 * Which types messages have, as the options say it; undefined where they don't. Throws {@link UsageError} where types
 * are given and nothing says which one messages have, and where a file can't be read.
 */
export async function typesOf(given: GivenTypes): Promise<CompiledTypes | undefined> {
  try {
    return await compiled(given);
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message);
  }
}

async function compiled(given: GivenTypes): Promise<CompiledTypes | undefined> {
  const { types: files, type, bindings, abi, include: includeDirs } = given;
  if (bindings !== undefined) {
    const { compiled: types, problems } = await compileBindings(bindings, { files, abi, includeDirs });
    complain(problems);
    if (types.bindings.length > 0) return types;
    throw new UsageError(`--bindings: nothing in ${bindings} can be used.`);
  }
  if (type === undefined && files.length > 0) throw new UsageError('--types needs --type or --bindings.');
  if (type === undefined) return undefined;
  const { compiled: types, problems } = await compileType(type, { files, abi, includeDirs });
  complain(problems.filter(({ file }) => file !== TYPE_OPTION));
  if (types.bindings.length > 0) return types;
  const most = namesIn(types, abi).slice(0, 20).join(', ');
  const why = problems.find(({ file }) => file === TYPE_OPTION)?.message ?? '';
  throw new UsageError(`--type: ${why} ${most ? `There are ${most}.` : 'Nothing is.'}`);
}

function namesIn(compiled: CompiledTypes, abi: AbiId): string[] {
  const types = openTypes(compiled);
  const layouts = types.layouts(abi);
  const declared = [
    ...(layouts ? entriesOf(layouts).map(({ name }) => name) : []),
    ...(types.proto?.messages.keys() ?? []),
  ];
  return declared.length > 0 ? declared : Object.keys(SELF_DESCRIBING);
}

const complain = (problems: readonly Problem[]) =>
  process.stderr.write(
    problemLines(problems)
      .map((line) => `${line}\n`)
      .join(''),
  );

/** The fields of a message for its record; undefined where it has no type. */
export type FieldsOf = (payload: Payload) => { readonly [name: string]: FieldJson } | undefined;

/** Reads the fields of messages; undefined where none has a type. */
export function fieldsReader(compiled: CompiledTypes): FieldsOf | undefined {
  if (compiled.bindings.length === 0) return undefined;
  const types = openTypes(compiled);
  return ({ head, bytes }) => {
    const match = types.match(head?.channel, head?.lane ?? null, bytes);
    return match && fieldsJson(match.decoder.decode(bytes).fields);
  };
}
