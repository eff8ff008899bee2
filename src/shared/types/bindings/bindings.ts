import * as v from 'valibot';
import { LANES, type Lane } from '../../domain.ts';
import { problemsOf, readYaml, type YamlFile } from '../../yaml-file.ts';
import { ABI_IDS, type AbiId } from '../abi.ts';
import type { Problem } from '../model.ts';
import { type Condition, parseCondition } from './condition.ts';

/** Which type a message has: what a bindings file says. Its schema is docs/bindings.schema.json. */
interface Bindings {
  /** Files that declare the types, as written: relative to the bindings file. */
  readonly types: readonly string[];
  readonly include: readonly string[];
  /** For the rules that name none; undefined: the caller decides. */
  readonly abi?: AbiId;
  /** The first match counts. */
  readonly rules: readonly WrittenRule[];
}

export interface BindingRule {
  /** A section's name with `*` and `?`; undefined: any. */
  readonly channel?: string;
  readonly lane?: Lane;
  readonly when?: Condition;
  readonly type: string;
  readonly abi?: AbiId;
}

/** A rule and where its type is, from 1. */
interface WrittenRule extends BindingRule {
  readonly whenText?: string;
  readonly line: number;
  readonly column: number;
}

const MAX_LENGTH = 256 * 1024;
const words = (what: string) =>
  v.pipe(v.string(`${what} must be text.`), v.minLength(1, `${what} is empty.`), v.maxLength(1000));
const abiSchema = v.picklist(ABI_IDS, `An abi is one of ${ABI_IDS.join(', ')}.`);
const ruleSchema = v.strictObject({
  channel: v.optional(words('A channel')),
  lane: v.optional(v.picklist(LANES, `A lane is ${LANES.join(' or ')}.`)),
  when: v.optional(words('A condition')),
  type: words('A type'),
  abi: v.optional(abiSchema),
});
const fileSchema = v.strictObject({
  version: v.optional(v.literal(1, 'Only version 1 is known.')),
  types: v.optional(v.pipe(v.array(words('A file')), v.maxLength(100)), []),
  include: v.optional(v.pipe(v.array(words('A folder')), v.maxLength(100)), []),
  abi: v.optional(abiSchema),
  bindings: v.pipe(v.array(ruleSchema), v.maxLength(1000)),
});

export interface BindingsReading {
  /** Undefined if it could not be read. */
  readonly bindings: Bindings | undefined;
  readonly problems: readonly Problem[];
}

/** Reads a bindings file. `file`: its name in problems. */
export function readBindings(text: string, file: string): BindingsReading {
  const reading = readYaml(text, file, MAX_LENGTH);
  if (!reading.ok) return { bindings: undefined, problems: reading.problems };
  const parsed = v.safeParse(fileSchema, reading.file.content);
  if (!parsed.success) return { bindings: undefined, problems: problemsOf(reading.file, fileSchema, parsed.issues) };
  return rulesOf(parsed.output, reading.file);
}

type FileContent = v.InferOutput<typeof fileSchema>;

function rulesOf({ types, include, abi, bindings }: FileContent, yaml: YamlFile): BindingsReading {
  const problems: Problem[] = [];
  const rules = bindings.map(({ when, channel, lane, type, abi: own }, index): WrittenRule => {
    const parsed = when === undefined ? undefined : parseCondition(when);
    if (parsed && !parsed.ok)
      problems.push(yaml.problemAt(`when: ${parsed.message}`, ['bindings', index, 'when'], parsed.at));
    return {
      ...{ type, ...(channel !== undefined && { channel }), ...(lane && { lane }), ...(own && { abi: own }) },
      ...(parsed?.ok && { when: parsed.condition }),
      ...(when !== undefined && { whenText: when }),
      ...yaml.placeOf(['bindings', index, 'type']),
    };
  });
  if (problems.length > 0) return { bindings: undefined, problems };
  return { bindings: { types, include, rules, ...(abi && { abi }) }, problems };
}
