import type { AbiId } from '../../shared/types/abi.ts';
import type { CompiledTypes } from '../../shared/types/compiled/compiled.ts';
import { openTypes } from '../../shared/types/compiled/open.ts';
import { entriesOf } from '../../shared/types/listing.ts';
import type { Problem } from '../../shared/types/model.ts';
import { SELF_DESCRIBING } from '../../shared/types/self-describing/forms.ts';
import { compileBindings, compileType, TYPE_OPTION } from '../types/files.ts';
import { UsageError } from './exit-status.ts';
import { problemLines } from './problem-lines.ts';

/** The options that say which type messages have. */
export interface GivenTypes {
  readonly types: readonly string[];
  readonly type?: string;
  readonly bindings?: string;
  readonly abi: AbiId;
  readonly include: readonly string[];
}

/** Throws `Error` if a file can't be read, or nothing says which type messages have. */
export async function compileGiven(given: GivenTypes): Promise<CompiledTypes | undefined> {
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
