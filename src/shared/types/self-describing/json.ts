import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { isExactFloat, jsonEdges, numberOf } from '../../text/exact-json.ts';
import type { Decoded, Decoder, FieldValue } from '../decoder.ts';
import { LIMITS } from '../limits.ts';

/** JSON in UTF-8. Integers are exact however long. */
export const JSON_DECODER: Decoder = { id: 'json', version: '1', fields: [], decode };

const UTF8 = new TextDecoder('utf-8', { fatal: true });
/** Deeper nesting is never real, and would not end. */
const MAX_NESTING = 1000;

function decode(bytes: Uint8Array): Decoded {
  const size = bytes.length;
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    return { fields: [], size: 0, fault: 'This is not UTF-8.' };
  }
  if (nesting(text) > MAX_NESTING) return { fields: [], size: 0, fault: `More than ${MAX_NESTING} levels deep.` };
  const errors: ParseError[] = [];
  // Without its byte order mark.
  const { to } = jsonEdges(text);
  const nuls = /^\0*$/.test(text.slice(to)) ? text.length - to : 0;
  const root = parseTree(text.slice(0, text.length - nuls), errors, { disallowComments: true });
  const [first] = errors;
  const fault = first && `Not JSON: ${printParseErrorCode(first.error)} at ${first.offset}.`;
  const fields = root ? new Tree(text, text.length === size).all(root) : [];
  const rest = nuls > 0 && { rest: { offset: size - nuls, size: nuls } };
  return { fields, size: size - nuls, ...(fault && { fault }), ...rest };
}

function nesting(text: string): number {
  let [depth, most] = [0, 0];
  for (const [bracket] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{\]}]/g)) {
    if (bracket.length === 1) depth += bracket === '[' || bracket === '{' ? 1 : -1;
    most = Math.max(most, depth);
  }
  return most;
}

class Tree {
  readonly #text: string;
  /** Whether a position in the text is one in the bytes. */
  readonly #isAscii: boolean;
  #left: number = LIMITS.values;

  constructor(text: string, isAscii: boolean) {
    this.#text = text;
    this.#isAscii = isAscii;
  }

  all(root: Node): readonly FieldValue[] {
    const field = this.#field('value', root, 0);
    return field.fields && !field.list ? field.fields : [field];
  }

  #field(name: string, node: Node, depth: number): FieldValue {
    this.#left--;
    const place = this.#isAscii ? { offset: node.offset, size: node.length } : {};
    const { type, children = [] } = node;
    if (type === 'number') return { name, type, ...place, ...this.#number(node) };
    if (type !== 'object' && type !== 'array') return { name, type, ...place, value: node.value ?? null };
    if (depth >= LIMITS.depth) return { name, type, ...place, fault: `More than ${LIMITS.depth} levels deep.` };
    const fields: FieldValue[] = [];
    for (const [index, child] of children.entries()) {
      if (this.#left <= 0) break;
      const [key, value] = type === 'object' ? (child.children ?? []) : [undefined, child];
      if (value) fields.push(this.#field(key ? String(key.value) : `[${index}]`, value, depth + 1));
    }
    return { name, type, ...place, fields, ...(type === 'array' && { list: true }) };
  }

  /** Its digits, if the nearest value has others. */
  #number({ offset, length }: Node): Pick<FieldValue, 'value' | 'text'> {
    const digits = this.#text.slice(offset, offset + length);
    const value = numberOf(digits);
    const isExact = typeof value === 'bigint' || (isExactFloat(digits) && !Object.is(value, -0));
    return isExact ? { value } : { value, text: digits };
  }
}
