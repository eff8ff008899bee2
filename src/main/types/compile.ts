import { BINDINGS_FILE, type ReadTypeFiles } from '../../shared/type-files.ts';
import { ABI_IDS, ABIS, type AbiId } from '../../shared/types/abi.ts';
import { type BindingsReading, readBindings } from '../../shared/types/bindings/bindings.ts';
import {
  type CompiledBinding,
  type CompiledLibrary,
  type CompiledProto,
  type CompiledType,
  FORM,
} from '../../shared/types/compiled/compiled.ts';
import { openTypes } from '../../shared/types/compiled/open.ts';
import type { DeclaredType, Library, Problem } from '../../shared/types/model.ts';
import type { ProtoSchema } from '../../shared/types/protobuf/schema.ts';
import { isProto, readProtoSources, readSources, type Sources } from './read.ts';

type Bindings = NonNullable<BindingsReading['bindings']>;

/** ms after which declarations with mistakes are not read for further ABIs. */
const PATIENCE_MS = 300;

/** Reads declarations for every ABI, and what the bindings make of them. `abi`: of bindings that name none. */
export async function compileTypes(
  sources: Sources,
  { bindings, abi }: { readonly bindings: Bindings | undefined; readonly abi: AbiId },
): Promise<ReadTypeFiles> {
  const of = (isOne: (file: string) => boolean): Sources => ({
    ...sources,
    files: sources.files.filter(({ name }) => isOne(name)),
  });
  const declared = await readLibraries(of((name) => !isProto(name)));
  const protos = of(isProto);
  const proto = protos.files.length > 0 ? readProtoSources(protos) : undefined;
  const read = {
    form: FORM,
    libraries: declared.libraries.map(compiledLibrary),
    proto: proto ? compiledProto(proto.schema) : null,
  } as const;
  const rules = (bindings?.rules ?? []).map(
    ({ channel, lane, whenText, type, abi: own, line }): CompiledBinding => ({
      ...{ ...(channel !== undefined && { channel }), ...(lane && { lane }) },
      ...{ ...(whenText !== undefined && { when: whenText }), type, abi: own ?? bindings?.abi ?? abi, line },
    }),
  );
  const all = openTypes({ ...read, bindings: [] });
  const isUsable = ({ type, abi: own }: CompiledBinding) => all.reader(type, own) !== undefined;
  return {
    problems: [
      ...declared.problems,
      ...(proto?.problems ?? []),
      ...rules.flatMap((rule, index) =>
        isUsable(rule) ? [] : undeclared(rule, bindings?.rules[index]?.column ?? 1, read.libraries, all.proto),
      ),
    ],
    compiled: { ...read, bindings: rules.filter(isUsable) },
  };
}

/** What `bindings.yaml` says, and where that is wrong. */
export function readBindingsFile(text: string | null): BindingsReading {
  return text === null ? { bindings: undefined, problems: [] } : readBindings(text, BINDINGS_FILE);
}

async function readLibraries(sources: Sources): Promise<{ libraries: Library[]; problems: Problem[] }> {
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
    add(abi, problems);
    // Such as a macro that grows without end: it would do so under each.
    if (problems.length > 0 && performance.now() - begun > PATIENCE_MS) break;
  }
  const abis = libraries.map((library) => library.abi);
  return { libraries, problems: [...found.values()].map((one) => onlyOn(one.abis, one.problem, abis)) };
}

/** What is wrong under some ABIs alone says under which. */
const onlyOn = (abis: readonly AbiId[], problem: Problem, all: readonly AbiId[]): Problem =>
  abis.length === all.length
    ? problem
    : { ...problem, message: `${abis.map((abi) => ABIS[abi].label).join(', ')}: ${problem.message}` };

function undeclared(
  { type, abi, line }: CompiledBinding,
  column: number,
  libraries: readonly CompiledLibrary[],
  proto: ProtoSchema | undefined,
): Problem[] {
  const isThere = libraries.find((one) => one.abi === abi)?.types.some(([key]) => key.split(' ').at(-1) === type);
  const several = [...(proto?.messages.keys() ?? [])].filter((name) => name.endsWith(`.${type}`));
  const message = isThere
    ? `The type “${type}” can't be laid out on ${ABIS[abi].label}: see the problems of its declaration.`
    : several.length > 1
      ? `“${type}” is the name of several messages: write ${several.slice(0, 3).join(' or ')}.`
      : `The type “${type}” is not declared.`;
  return [{ severity: 'error', message, file: BINDINGS_FILE, line, column }];
}

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
