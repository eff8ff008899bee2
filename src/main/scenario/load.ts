import path from 'node:path';
import { toFailure } from '../../shared/failure.ts';
import type { Bits } from '../../shared/peers.ts';
import { eachStep, type Scenario, type Step } from '../../shared/scenario/model.ts';
import { readScenario } from '../../shared/scenario/read.ts';
import type { Values } from '../../shared/scenario/variables.ts';
import type { AbiId } from '../../shared/types/abi.ts';
import { type CompiledTypes, NO_TYPES } from '../../shared/types/compiled/compiled.ts';
import { openTypes } from '../../shared/types/compiled/open.ts';
import type { Problem } from '../../shared/types/model.ts';
import { readGivenFile, readGivenText } from '../files/given-file.ts';
import type { TypesCompiler } from '../types/compiler.ts';
import { MACHINE_ABI } from '../types/machine-abi.ts';

/** Bytes of a file that is sent as a message. */
const MAX_PAYLOAD_BYTES = 64 * 1024 * 1024;
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** A scenario with everything that its files say: nothing is left to be read when it runs. */
export interface LoadedScenario extends Scenario {
  /** What names in the file are relative to. */
  readonly folder: string;
  readonly compiled: CompiledTypes;
  readonly abi: AbiId;
  /** Ends that a bundled peer plays instead of Shmscope, by the names of their sessions. */
  readonly played?: Readonly<Record<string, Bits>>;
}

export interface Loaded {
  /** One per row of its table. Empty if there are problems. */
  readonly scenarios: readonly LoadedScenario[];
  readonly problems: readonly Problem[];
  /** Names whose value can be given from outside. */
  readonly variables: readonly string[];
}

export interface LoadOptions {
  readonly file: string;
  /** Instead of the values in the file. */
  readonly text?: string;
  readonly given: Values;
  readonly compiler: Pick<TypesCompiler, 'read'>;
}

/** Reads a scenario and the files that it names. */
export async function loadScenario({ file, text, given, compiler }: LoadOptions): Promise<Loaded> {
  const read = text === undefined ? textOf(file) : { text };
  if ('problem' in read) return { scenarios: [], problems: [problemIn(file, read.problem)], variables: [] };
  const { scenarios, problems, variables } = readScenario(read.text, file, given);
  const [first] = scenarios;
  if (!first) return { scenarios: [], problems, variables };
  const folder = path.dirname(path.resolve(file));
  const types = await typesOf(first, folder, compiler);
  const abi = first.types.abi ?? MACHINE_ABI;
  const found: Problem[] = [...types.problems];
  const loaded = scenarios.map((scenario): LoadedScenario => {
    found.push(...undeclared(scenario, types.compiled, abi));
    const steps = withFiles(scenario.steps, folder, (step, message) => found.push(problemIn(file, message, step.line)));
    return { ...scenario, steps, folder, compiled: types.compiled, abi };
  });
  const errors = unique(found.filter(({ severity }) => severity === 'error'));
  return { scenarios: errors.length > 0 ? [] : loaded, problems: errors, variables };
}

function textOf(file: string): { readonly text: string } | { readonly problem: string } {
  try {
    return { text: readGivenText(file, MAX_FILE_BYTES) };
  } catch (error) {
    return { problem: `It can't be read: ${(error as Error).message}.` };
  }
}

/** On the thread that reads declarations, as if the scenario were a file of bindings. */
async function typesOf({ types, file }: Scenario, folder: string, compiler: LoadOptions['compiler']) {
  if (types.files.length === 0) return { compiled: NO_TYPES, problems: [] };
  const bindings = JSON.stringify({ types: types.files, include: types.include, bindings: [] });
  try {
    return await compiler.read({ folder, files: [], bindings });
  } catch (error) {
    return { compiled: NO_TYPES, problems: [problemIn(file, toFailure(error).message)] };
  }
}

function undeclared({ file, steps }: Scenario, compiled: CompiledTypes, abi: AbiId): Problem[] {
  const types = openTypes(compiled);
  return [...eachStep(steps)].flatMap(({ step }) => {
    if (step.do !== 'expect' || step.expected.type === undefined) return [];
    const { type, abi: own = abi } = step.expected;
    return types.reader(type, own) ? [] : [problemIn(file, `The type “${type}” is not declared.`, step.line)];
  });
}

/** The same steps with the bytes of the files that are sent. */
function withFiles(steps: readonly Step[], folder: string, fail: (step: Step, message: string) => void): Step[] {
  return steps.map((step): Step => {
    if (step.do === 'repeat' || step.do === 'within') return { ...step, steps: withFiles(step.steps, folder, fail) };
    if (step.do === 'parallel')
      return { ...step, branches: step.branches.map((branch) => withFiles(branch, folder, fail)) };
    if (step.do !== 'send' || step.payload.kind !== 'file') return step;
    const { file } = step.payload;
    try {
      const place = path.resolve(folder, file);
      return { ...step, payload: { kind: 'bytes', bytes: new Uint8Array(readGivenFile(place, MAX_PAYLOAD_BYTES)) } };
    } catch (error) {
      fail(step, `${file} can't be read: ${(error as Error).message}.`);
      return step;
    }
  });
}

const problemIn = (file: string, message: string, line = 1): Problem => ({
  ...{ severity: 'error' as const, message, file, line, column: 1 },
});

const unique = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((one) => [JSON.stringify(one), one])).values(),
];
