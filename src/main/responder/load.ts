import path from 'node:path';
import { readResponder } from '../../shared/responder/read.ts';
import { expectedOf, type ResponderRule, type ResponderRules } from '../../shared/responder/schema.ts';
import type { AbiId } from '../../shared/types/abi.ts';
import { type CompiledTypes, NO_TYPES } from '../../shared/types/compiled/compiled.ts';
import { openTypes } from '../../shared/types/compiled/open.ts';
import type { Problem } from '../../shared/types/model.ts';
import { readGivenFile, readGivenText } from '../files/given-file.ts';
import { compileFiles } from '../types/files.ts';
import { MACHINE_ABI } from '../types/machine-abi.ts';

/** Rules with everything that their file names: nothing is left to be read when they respond. */
export interface LoadedResponder {
  readonly rules: ResponderRules;
  readonly types: CompiledTypes;
  readonly abi: AbiId;
}

/** Bytes of a rules file, and of a file that a rule sends. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Reads a rules file, and the files that it names. Throws `Error` if a file can't be read at all. */
export async function loadResponder(
  file: string,
): Promise<{ readonly loaded?: LoadedResponder; readonly problems: readonly Problem[] }> {
  const { rules, problems } = readResponder(readGivenText(file, MAX_BYTES), file);
  if (!rules) return { problems };
  const beside = (name: string) => path.resolve(path.dirname(file), name);
  const abi = rules.abi ?? MACHINE_ABI;
  const given = { files: (rules.types ?? []).map(beside), includeDirs: (rules.include ?? []).map(beside), abi };
  const read = given.files.length > 0 ? await compileFiles(given) : { compiled: NO_TYPES, problems: [] };
  const found = undeclared(rules, read.compiled, abi, file);
  const filled = { ...rules, rules: rules.rules.map((rule) => withFile(rule, beside, file, found)) };
  const loaded = { rules: filled, types: read.compiled, abi };
  return { problems: [...read.problems, ...found], ...(found.length === 0 && { loaded }) };
}

function undeclared({ rules }: ResponderRules, types: CompiledTypes, abi: AbiId, file: string): Problem[] {
  const opened = openTypes(types);
  return rules.flatMap((rule) => {
    const { type, abi: own = abi } = expectedOf(rule);
    if (type === undefined || opened.reader(type, own)) return [];
    return [problemIn(file, `The type “${type}” is not declared.`)];
  });
}

/** The same rule with the bytes of the file that it sends. */
function withFile(
  rule: ResponderRule,
  beside: (name: string) => string,
  file: string,
  problems: Problem[],
): ResponderRule {
  if (typeof rule.reply === 'string' || rule.reply.file === undefined) return rule;
  const place = beside(rule.reply.file);
  try {
    return { ...rule, reply: { base64: readGivenFile(place, MAX_BYTES).toString('base64') } };
  } catch (error) {
    problems.push(problemIn(file, `${rule.reply.file} can't be read: ${(error as Error).message}.`));
    return rule;
  }
}

const problemIn = (file: string, message: string): Problem => ({
  ...{ severity: 'error' as const, message, file, line: 1, column: 1 },
});
