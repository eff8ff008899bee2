import type { ReadTypeFiles } from '../../shared/type-files.ts';
import { ABI_IDS, ABIS, type AbiId } from '../../shared/types/abi.ts';
import type { BindingsReading } from '../../shared/types/bindings/bindings.ts';
import {
  type CompiledBinding,
  type CompiledLibrary,
  type CompiledProto,
  type CompiledType,
  FORM,
} from '../../shared/types/compiled/compiled.ts';
import { type OpenTypes, openTypes } from '../../shared/types/compiled/open.ts';
import { type DeclaredType, keyOf, type Library, type Problem } from '../../shared/types/model.ts';
import type { ProtoSchema } from '../../shared/types/protobuf/schema.ts';
import { isProto, readProtoSources, readSources, type Sources } from './read.ts';

type Bindings = NonNullable<BindingsReading['bindings']>;

/** ms after which faulty declarations aren't read for further ABIs. */
const PATIENCE_MS = 300;

export interface Compiling {
  /** Undefined: nothing is bound. */
  readonly bindings: Bindings | undefined;
  /** Its name in problems. */
  readonly bindingsFile: string;
  /** For bindings that name none. */
  readonly abi: AbiId;
  /** Whether only problems under bound ABIs are reported. */
  readonly onlyBound?: boolean;
}

/** Reads declarations for every ABI, and applies the bindings to them. */
export async function compileTypes(
  sources: Sources,
  { bindings, bindingsFile, abi, onlyBound = false }: Compiling,
): Promise<ReadTypeFiles> {
  const of = (isOne: (file: string) => boolean): Sources => ({
    ...sources,
    files: sources.files.filter(({ name }) => isOne(name)),
  });
  const rules = (bindings?.rules ?? []).map(
    ({ channel, lane, whenText, type, abi: own, line }): CompiledBinding => ({
      ...{ ...(channel !== undefined && { channel }), ...(lane && { lane }) },
      ...{ ...(whenText !== undefined && { when: whenText }), type, abi: own ?? bindings?.abi ?? abi, line },
    }),
  );
  const told = ABI_IDS.filter((one) => !onlyBound || rules.some((rule) => rule.abi === one));
  const declared = await readLibraries(
    of((name) => !isProto(name)),
    told,
  );
  const protos = of(isProto);
  const proto = protos.files.length > 0 ? readProtoSources(protos) : undefined;
  const read = {
    form: FORM,
    libraries: declared.libraries.map(compiledLibrary),
    proto: proto ? compiledProto(proto.schema) : null,
  } as const;
  const all = openTypes({ ...read, bindings: [] });
  const isUsable = ({ type, abi: own }: CompiledBinding) => all.reader(type, own) !== undefined;
  const undeclared = rules.flatMap((rule, index): Problem[] => {
    if (isUsable(rule)) return [];
    const { line, column } = bindings?.rules[index] ?? { line: 1, column: 1 };
    return [{ severity: 'error', message: whyUnusable(rule, all), file: bindingsFile, line, column }];
  });
  return {
    problems: [...declared.problems, ...(proto?.problems ?? []), ...undeclared],
    compiled: { ...read, bindings: rules.filter(isUsable) },
  };
}

function whyUnusable({ type, abi }: CompiledBinding, types: OpenTypes): string {
  const several = types.messagesNamed(type);
  if (several.length > 1)
    return `“${type}” is the name of several messages: write ${several.slice(0, 3).join(' or ')}.`;
  const library = types.layouts(abi)?.types;
  if (library && keyOf(library, type) !== undefined)
    return `The type “${type}” can't be laid out on ${ABIS[abi].label}: see the problems of its declaration.`;
  return `The type “${type}” is not declared.`;
}

async function readLibraries(
  sources: Sources,
  told: readonly AbiId[],
): Promise<{ libraries: Library[]; problems: Problem[] }> {
  if (sources.files.length === 0) return { libraries: [], problems: [] };
  const libraries: Library[] = [];
  const found = new Map<string, { problem: Problem; abis: AbiId[] }>();
  const add = (abi: AbiId, problems: readonly Problem[]) => {
    for (const problem of problems) {
      const key = JSON.stringify(problem);
      const known = found.get(key) ?? { problem, abis: [] };
      if (!known.abis.includes(abi)) known.abis.push(abi);
      found.set(key, known);
    }
  };
  const begun = performance.now();
  for (const abi of ABI_IDS) {
    const { library, problems } = await readSources(sources, abi);
    libraries.push(library);
    if (told.includes(abi)) add(abi, problems);
    // For example a macro that grows without end: it would do so under each.
    if (problems.length > 0 && performance.now() - begun > PATIENCE_MS) break;
  }
  const abis = libraries.map((library) => library.abi).filter((abi) => told.includes(abi));
  return { libraries, problems: [...found.values()].map((one) => onlyOn(one.abis, one.problem, abis)) };
}

/** A problem under only some ABIs says under which. */
const onlyOn = (abis: readonly AbiId[], problem: Problem, all: readonly AbiId[]): Problem =>
  abis.length === all.length
    ? problem
    : { ...problem, message: `${abis.map((abi) => ABIS[abi].label).join(', ')}: ${problem.message}` };

const compiledLibrary = ({ abi, types }: Library): CompiledLibrary => ({
  abi,
  types: [...types].map(([key, type]) => [key, compiledType(type)] as const),
});

const compiledType = (type: DeclaredType): CompiledType =>
  type.kind === 'enum'
    ? { ...type, values: type.values.map(({ name, value }) => ({ name, value: String(value) })) }
    : type;

const compiledProto = ({ messages, enums }: ProtoSchema): CompiledProto => ({
  messages: [...messages].map(([name, { fields }]) => [
    name,
    [...fields].map(([number, field]) => ({ number, ...field })),
  ]),
  enums: [...enums].map(([name, values]) => [name, [...values]]),
});
