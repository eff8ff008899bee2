import * as v from 'valibot';
import { type Document, isMap, LineCounter, parseDocument } from 'yaml';
import { LANES, type Lane } from '../../domain.ts';
import { ABI_IDS, type AbiId } from '../abi.ts';
import type { Problem } from '../model.ts';
import { type Condition, parseCondition } from './condition.ts';

/** Which type a message has: what a file of bindings says. Its schema is docs/bindings.schema.json. */
interface Bindings {
  /** Files that declare the types, as they are written: relative to the file of bindings. */
  readonly types: readonly string[];
  readonly include: readonly string[];
  /** Of the rules that name none; undefined: whoever asks says. */
  readonly abi?: AbiId;
  /** The first that holds counts. */
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

/** A rule and where its type stands, from 1. */
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
  /** Undefined where it could not be read. */
  readonly bindings: Bindings | undefined;
  readonly problems: readonly Problem[];
}

/** Reads a file of bindings. `file`: what it is called in problems. */
export function readBindings(text: string, file: string): BindingsReading {
  const problem = (message: string, line = 1, column = 1): Problem => ({
    severity: 'error',
    message,
    file,
    line,
    column,
  });
  const failed = (...problems: Problem[]): BindingsReading => ({ bindings: undefined, problems });
  if (text.length > MAX_LENGTH) return failed(problem(`It is longer than ${MAX_LENGTH} characters.`));
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const place = (offset: number) => lines.linePos(offset);
  if (document.errors.length > 0) {
    return failed(...document.errors.map((one) => problem(one.message, place(one.pos[0]).line, place(one.pos[0]).col)));
  }
  let content: unknown;
  try {
    // Aliases can grow without end.
    content = document.toJS({ maxAliasCount: 0 });
  } catch {
    return failed(problem('Aliases are not read here.'));
  }
  const parsed = v.safeParse(fileSchema, content);
  if (!parsed.success) {
    return failed(
      ...parsed.issues.map((issue) => {
        const path = (issue.path ?? []).map(({ key }) => key as string | number);
        const { line, col } = place(offsetOf(document, path));
        return problem(messageOf(issue, path), line, col);
      }),
    );
  }
  const placeOf: PlaceOf = (path) => {
    const { line, col } = place(offsetOf(document, path));
    return { line, column: col };
  };
  return rulesOf(parsed.output, placeOf, problem);
}

type PlaceOf = (path: readonly (string | number)[]) => { readonly line: number; readonly column: number };
type FileContent = v.InferOutput<typeof fileSchema>;

function rulesOf(
  { types, include, abi, bindings }: FileContent,
  placeOf: PlaceOf,
  problem: (message: string, line: number, column: number) => Problem,
): BindingsReading {
  const problems: Problem[] = [];
  const rules = bindings.map(({ when, channel, lane, type, abi: own }, index): WrittenRule => {
    const parsed = when === undefined ? undefined : parseCondition(when);
    if (parsed && !parsed.ok) {
      const { line, column } = placeOf(['bindings', index, 'when']);
      problems.push(problem(`when: ${parsed.message}`, line, column + parsed.at));
    }
    return {
      ...{ type, ...(channel !== undefined && { channel }), ...(lane && { lane }), ...(own && { abi: own }) },
      ...(parsed?.ok && { when: parsed.condition }),
      ...(when !== undefined && { whenText: when }),
      ...placeOf(['bindings', index, 'type']),
    };
  });
  if (problems.length > 0) return { bindings: undefined, problems };
  return { bindings: { types, include, rules, ...(abi && { abi }) }, problems };
}

const messageOf = ({ message, type }: { message: string; type: string }, path: readonly (string | number)[]) =>
  type === 'strict_object' ? `“${path.at(-1)}” is no word that is known here, or one that is missing.` : message;

/** Where what lies at the path begins; of a key that is missing what it is missing in. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const range = isNode(node) ? node.range : undefined;
    if (range) return isMap(node) ? (node.range?.[0] ?? range[0]) : range[0];
  }
  return 0;
}

const isNode = (value: unknown): value is { readonly range?: readonly [number, number, number] | null } =>
  typeof value === 'object' && value !== null && 'range' in value;
