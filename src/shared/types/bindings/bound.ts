import type { Lane } from '../../domain.ts';
import type { Decoded, Decoder, FieldValue } from '../decoder.ts';
import type { BindingRule } from './bindings.ts';
import { type FieldOf, holds, pathParts } from './condition.ts';

/** A message as bindings see it. */
export interface BoundMessage {
  /** The section's name; undefined if unknown. */
  readonly channel: string | undefined;
  readonly lane: Lane | null;
  readonly bytes: Uint8Array;
  /** Of the message, if `bytes` are only its beginning. */
  readonly size?: number;
}

export interface BoundRule<D extends Decoder = Decoder> {
  readonly rule: BindingRule;
  readonly decoder: D;
}

/** The first rule that matches the message; undefined if none does: then nothing is decoded. */
export function boundTo<R extends BoundRule>(rules: readonly R[], message: BoundMessage): R | undefined {
  return rules.find(({ rule, decoder }) => {
    const { channel, lane, when } = rule;
    if (lane !== undefined && lane !== message.lane) return false;
    if (channel !== undefined && !(message.channel !== undefined && matches(channel, message.channel))) return false;
    return when === undefined || holds(when, message.bytes, fieldsIn(decoder, message.bytes), message.size);
  });
}

/** Decodes once, and only if a condition needs a field. */
function fieldsIn(decoder: Decoder, bytes: Uint8Array): FieldOf {
  let decoded: Decoded | undefined;
  return (path) => {
    decoded ??= decoder.decode(bytes);
    return fieldIn(decoded, path);
  };
}

/** The field at a path of what was decoded, if it has a value. */
export function fieldIn(decoded: Decoded, path: string): ReturnType<FieldOf> {
  const field = fieldAt(decoded.fields, pathParts(path));
  if (field?.value === undefined) return undefined;
  return { value: field.value, ...(field.text !== undefined && { text: field.text }) };
}

function fieldAt(fields: readonly FieldValue[], [name, ...rest]: readonly string[]): FieldValue | undefined {
  const field = fields.find((one) => one.name === name);
  return rest.length === 0 || !field ? field : fieldAt(field.fields ?? [], rest);
}

/** `*` for any characters, `?` for one; case doesn't matter, as in Windows' names. */
export function matches(pattern: string, name: string): boolean {
  const [wanted, given] = [pattern.toLowerCase(), name.toLowerCase()];
  let [at, star, mark] = [0, -1, 0];
  let from = 0;
  while (from < given.length) {
    if (wanted[at] === '*') {
      star = at++;
      mark = from;
    } else if (wanted[at] === '?' || wanted[at] === given[from]) {
      at++;
      from++;
    } else if (star >= 0) {
      at = star + 1;
      from = ++mark;
    } else return false;
  }
  while (wanted[at] === '*') at++;
  return at === wanted.length;
}
