import { fieldIn } from '../types/bindings/bound.ts';
import { type Condition, type FieldOf, holds, type Operand, valuesOf } from '../types/bindings/condition.ts';
import type { Decoded, Decoder, Plain } from '../types/decoder.ts';
import { type Difference, differs, inBytes, type Verdict } from './match-verdict.ts';

/** A message of a type for which a condition holds. `type`: its name; `decoder`: null if none is named. */
export function likeType(
  type: string | undefined,
  decoder: Decoder | null,
  where: { readonly text: string; readonly condition: Condition } | null,
  bytes: Uint8Array,
): Verdict {
  const decoded = decoder?.decode(bytes);
  if (decoded?.fault !== undefined)
    return differs(`It is not a valid ${type}: ${decoded.fault}.`, {
      path: '',
      expected: `${type}`,
      actual: `${inBytes(bytes.length)}: ${decoded.fault}`,
    });
  if (decoded?.rest !== undefined)
    return differs(`It is not a valid ${type}: it has ${inBytes(decoded.rest.size)} more.`, {
      path: 'size',
      expected: String(decoded.size),
      actual: String(bytes.length),
    });
  const fieldOf: FieldOf = (path) => (decoded ? fieldIn(decoded, path) : undefined);
  const found = decoded ? { decoded } : {};
  if (!where || holds(where.condition, bytes, fieldOf)) return { ok: true, found };
  const diff = [...failing(where.condition, bytes, fieldOf, true)];
  const facts = diff.map(({ path, actual }) => `${path} is ${actual}`).join(', ');
  return differs(`${where.text} does not hold: ${facts}.`, ...diff);
}

/** The comparisons that make a condition fail. */
function* failing(condition: Condition, bytes: Uint8Array, fieldOf: FieldOf, wanted: boolean): Generator<Difference> {
  if (holds(condition, bytes, fieldOf) === wanted) return;
  if (condition.kind === 'not') yield* failing(condition.of, bytes, fieldOf, !wanted);
  else if (condition.kind !== 'compare')
    for (const part of condition.parts) yield* failing(part, bytes, fieldOf, wanted);
  else {
    const { left, operator, right } = condition;
    yield {
      path: nameOf(left),
      expected: `${wanted ? '' : 'not '}${operator === '==' ? '' : `${operator} `}${right}`,
      actual: shownValue(left, bytes, fieldOf),
    };
  }
}

function nameOf(operand: Operand): string {
  if (operand.kind === 'size') return 'size';
  if (operand.kind === 'field') return operand.path;
  return `${operand.signed ? 'i' : 'u'}${operand.size * 8}${operand.bigEndian ? 'be' : ''}@${operand.at}`;
}

function shownValue(operand: Operand, bytes: Uint8Array, fieldOf: FieldOf): string {
  const [value, name] = valuesOf(operand, bytes, fieldOf);
  if (value === undefined) return 'nothing';
  return name === undefined ? String(value) : `${name} (${value})`;
}

/** The value of a field, to be captured from a message. */
export const keptField = (decoded: Decoded, path: string): Exclude<Plain, null> | undefined =>
  fieldIn(decoded, path)?.value ?? undefined;
