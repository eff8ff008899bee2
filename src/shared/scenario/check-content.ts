import type { Condition } from '../types/bindings/condition.ts';
import { conditionOf, matchOf, plainExec } from './match.ts';
import type { Payload, Step } from './model.ts';
import { payloadBytes, ScenarioFault } from './payload.ts';
import type { Expected } from './schema-payload.ts';
import { templatesIn } from './template.ts';

/** What is wrong in what a step sends or expects, as far as it contains no variables. */
export function* checkContent(step: Step): Generator<string> {
  if (step.do === 'send') yield* checkPayload(step.payload);
  if (step.do === 'expect') yield* checkExpected(step.expected);
}

/** The same for what is sent. */
export function* checkPayload(payload: Payload): Generator<string> {
  if (payload.kind !== 'file' && !hasTemplates(payload)) yield* faultsOf(() => payloadBytes(payload));
}

/** The same for what is expected. */
export function* checkExpected(expected: Expected): Generator<string> {
  const isFixed = (value: unknown) => value !== undefined && !hasTemplates(value);
  const fixed = Object.fromEntries(
    Object.entries(expected).filter(([key, value]) => isFixed(value) && !TYPED.has(key)),
  );
  yield* faultsOf(() => matchOf(fixed as Expected, { decoderOf: () => undefined, exec: plainExec }));
  if (Object.keys(expected).every((key) => !MATCHED.has(key)))
    yield `A message is expected by one or more of ${[...MATCHED].join(', ')}.`;
  if (expected.where !== undefined && isFixed(expected.where)) yield* checkWhere(expected.where, expected.type);
}

/** Types are looked up where their files can be read. */
const TYPED = new Set(['type', 'where', 'abi']);
const MATCHED = new Set(['text', 'hex', 'base64', 'json', 'regex', 'pattern', 'size', 'type', 'where']);

function* checkWhere(where: string, type: string | undefined): Generator<string> {
  try {
    const field = type === undefined ? fieldIn(conditionOf(where)) : undefined;
    if (field !== undefined) yield `where: ${field} is a field of a type. Add type to say which.`;
  } catch (error) {
    yield `where: ${sentenceOf(error)}`;
  }
}

function fieldIn(condition: Condition): string | undefined {
  if (condition.kind === 'compare') return condition.left.kind === 'field' ? condition.left.path : undefined;
  const parts = condition.kind === 'not' ? [condition.of] : condition.parts;
  return parts.map(fieldIn).find((field) => field !== undefined);
}

const hasTemplates = (value: unknown) => !templatesIn(value).next().done;

function* faultsOf(work: () => unknown): Generator<string> {
  try {
    work();
  } catch (error) {
    yield sentenceOf(error);
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof ScenarioFault) return error.message;
  throw error;
}
