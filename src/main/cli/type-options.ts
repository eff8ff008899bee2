import { type Command, Option } from 'commander';
import type { CompiledTypes } from '../../shared/types/compiled/compiled.ts';
import { openTypes } from '../../shared/types/compiled/open.ts';
import type { FieldJson } from '../../shared/types/field-json.ts';
import { fieldsJson } from '../../shared/types/field-json.ts';
import type { GivenTypes } from './compile-given.ts';
import { abiOption, includeOption } from './declaration-options.ts';
import { UsageError } from './exit-status.ts';
import type { Payload } from './payload.ts';

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
 * Which types messages have, according to the options; undefined if they don't say. Throws {@link UsageError} if types
 * are given but nothing says which one messages have, and if a file can't be read.
 */
export async function typesOf(given: GivenTypes): Promise<CompiledTypes | undefined> {
  if (given.type === undefined && given.bindings === undefined && given.types.length === 0) return undefined;
  // The parser of declarations takes long to load.
  const { compileGiven } = await import('./compile-given.ts');
  try {
    return await compileGiven(given);
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message);
  }
}

/** The fields of a message, for its record; undefined if it has no type. */
export type FieldsOf = (payload: Payload) => { readonly [name: string]: FieldJson } | undefined;

/** Reads the fields of messages; undefined if none has a type. */
export function fieldsReader(compiled: CompiledTypes): FieldsOf | undefined {
  if (compiled.bindings.length === 0) return undefined;
  const types = openTypes(compiled);
  return ({ head, bytes }) => {
    const match = types.match(head?.channel, head?.lane ?? null, bytes);
    return match && fieldsJson(match.decoder.decode(bytes).fields);
  };
}
