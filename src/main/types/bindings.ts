import path from 'node:path';
import type { AbiId } from '../../shared/types/abi.ts';
import { type BindingRule, readBindings } from '../../shared/types/bindings/bindings.ts';
import type { BoundRule } from '../../shared/types/bindings/bound.ts';
import type { Problem } from '../../shared/types/model.ts';
import { type FoundDecoder, findDecoder } from './decoders.ts';
import { isProto, textOfFile } from './read.ts';

/** A way to read a message, and the rule that chooses it. */
type Bound = BoundRule & Pick<Extract<FoundDecoder, { readonly verdict: unknown }>, 'verdict'>;

export interface OpenedBindings {
  readonly rules: readonly Bound[];
  readonly problems: readonly Problem[];
}

/** Reads a file of bindings and the declarations that it names. `abi`: of rules that name none. */
export async function openBindings(
  file: string,
  given: { readonly abi: AbiId; readonly files: readonly string[]; readonly includeDirs: readonly string[] },
): Promise<OpenedBindings> {
  const { bindings, problems } = readBindings(textOfFile(file), file);
  if (!bindings) return { rules: [], problems };
  const beside = (name: string) => path.resolve(path.dirname(file), name);
  const files = [...bindings.types.map(beside), ...given.files];
  const includeDirs = [...bindings.include.map(beside), ...given.includeDirs];
  const known = new Map<string, Promise<FoundDecoder>>();
  const find = (type: string, abi: AbiId) => {
    const key = `${abi} ${type}`;
    const found = known.get(key) ?? findBound({ files, type, abi, includeDirs });
    known.set(key, found);
    return found;
  };
  const rules: Bound[] = [];
  const all: Problem[] = [...problems];
  for (const rule of bindings.rules) {
    const found = await find(rule.type, rule.abi ?? bindings.abi ?? given.abi);
    all.push(...found.problems);
    if (found.decoder) rules.push({ rule, decoder: found.decoder, verdict: found.verdict });
    else all.push(undeclared(rule, file));
  }
  return { rules, problems: all };
}

/** `.proto` and C may stand side by side: each type is looked for where it can be. */
async function findBound(query: Parameters<typeof findDecoder>[0]): Promise<FoundDecoder> {
  const protos = query.files.filter((file) => isProto(file));
  const others = query.files.filter((file) => !isProto(file));
  const problems: Problem[] = [];
  // Without files those that need no declaration.
  for (const files of [...[others, protos].filter(({ length }) => length > 0), []]) {
    const found = await findDecoder({ ...query, files });
    if (found.decoder) return found;
    problems.push(...found.problems);
  }
  return { decoder: undefined, names: [], problems };
}

const undeclared = ({ type }: BindingRule, file: string): Problem => ({
  severity: 'error',
  message: `The type “${type}” is not declared.`,
  file,
  line: 1,
  column: 1,
});
