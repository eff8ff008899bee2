import { type Command, Option } from 'commander';
import type { AbiId } from '../../shared/types/abi.ts';
import { boundTo } from '../../shared/types/bindings/bound.ts';
import type { FieldJson } from '../../shared/types/field-json.ts';
import { fieldsJson } from '../../shared/types/field-json.ts';
import type { Problem } from '../../shared/types/model.ts';
import { openBindings } from '../types/bindings.ts';
import { findDecoder } from '../types/decoders.ts';
import type { Reader } from './decode-text.ts';
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

type ReaderOf = (payload: Payload) => Reader | undefined;

/** How messages are read, as the options say it; undefined where they don't. What no rule names is not decoded. */
export async function readersOf(given: GivenTypes): Promise<ReaderOf | undefined> {
  const { types: files, type, bindings, abi, include: includeDirs } = given;
  if (bindings !== undefined) {
    const { rules, problems } = await openBindings(bindings, { files, abi, includeDirs });
    complain(problems);
    if (rules.length === 0) throw new UsageError(`--bindings: nothing in ${bindings} can be used.`);
    return ({ head, bytes }) => boundTo(rules, { channel: head?.channel, lane: head?.lane ?? null, bytes });
  }
  if (type === undefined) return undefined;
  const found = await findDecoder({ files, type, abi, includeDirs });
  complain(found.problems);
  if (found.decoder) return () => found;
  const most = found.names.slice(0, 20).join(', ');
  throw new UsageError(`--type: “${type}” is not declared. ${most ? `There are ${most}.` : 'Nothing is.'}`);
}

const complain = (problems: readonly Problem[]) =>
  process.stderr.write(
    problemLines(problems)
      .map((line) => `${line}\n`)
      .join(''),
  );

/** The fields of a message for its record; undefined where it has no type. */
export type FieldsOf = (payload: Payload) => { readonly [name: string]: FieldJson } | undefined;

/** Throws {@link UsageError} where types are given and nothing says which one messages have. */
export async function fieldsReader(given: GivenTypes): Promise<FieldsOf | undefined> {
  const readerOf = await readersOf(given);
  if (!readerOf && given.types.length > 0) throw new UsageError('--types needs --type or --bindings.');
  if (!readerOf) return undefined;
  return (payload) => {
    const reader = readerOf(payload);
    return reader && fieldsJson(reader.decoder.decode(payload.bytes).fields);
  };
}
