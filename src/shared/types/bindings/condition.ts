import type { Plain } from '../decoder.ts';

/** What a message must be like for a binding to apply: `size == 40`, `u16@0 == 7 and not hdr.id == 3`. */
export type Condition =
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'compare'; readonly left: Operand; readonly operator: Operator; readonly right: bigint | string };

export type Operand =
  | { readonly kind: 'size' }
  /** An integer at a position of the payload, in bytes. */
  | {
      readonly kind: 'bytes';
      readonly signed: boolean;
      readonly size: number;
      readonly bigEndian: boolean;
      readonly at: number;
    }
  /** A field of the type that is bound. */
  | { readonly kind: 'field'; readonly path: string };

const OPERATORS = ['==', '!=', '<=', '>=', '<', '>'] as const;
type Operator = (typeof OPERATORS)[number];

export type ParsedCondition =
  | { readonly ok: true; readonly condition: Condition }
  /** `at`: characters from the start. */
  | { readonly ok: false; readonly message: string; readonly at: number };

/** What a field of the payload is; undefined if there is none. */
export type FieldOf = (path: string) => { readonly value: Plain; readonly text?: string } | undefined;

const TOKEN =
  /\s*(==|!=|<=|>=|[<>()]|"[^"]*"|[ui](?:8|16|32|64)(?:be)?@\d+|-?(?:0[xX][\da-fA-F]+|\d+)|[A-Za-z_][\w.[\]]*|\S)/y;
const BYTES = /^([ui])(8|16|32|64)(be)?@(\d+)$/;
const INTEGER = /^(-?)(0[xX][\da-fA-F]+|\d+)$/;
const MAX_LENGTH = 1000;
const MAX_DEPTH = 32;

class ConditionFault extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

export function parseCondition(text: string): ParsedCondition {
  try {
    if (text.length > MAX_LENGTH) throw new ConditionFault(`It is longer than ${MAX_LENGTH} characters.`, 0);
    return { ok: true, condition: new Parser(text).all() };
  } catch (error) {
    if (!(error instanceof ConditionFault)) throw error;
    return { ok: false, message: error.message, at: error.at };
  }
}

class Parser {
  readonly #tokens: { readonly text: string; readonly at: number }[] = [];
  readonly #end: number;
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    this.#end = text.length;
    TOKEN.lastIndex = 0;
    for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) {
      const [, token = ''] = found;
      this.#tokens.push({ text: token, at: TOKEN.lastIndex - token.length });
    }
  }

  all(): Condition {
    const condition = this.#any();
    if (this.#next < this.#tokens.length) this.#fail('“and” or “or” is missing here.');
    return condition;
  }

  #any(): Condition {
    const parts = [this.#every()];
    while (this.#takes('or')) parts.push(this.#every());
    return parts.length === 1 ? (parts[0] as Condition) : { kind: 'or', parts };
  }

  #every(): Condition {
    const parts = [this.#one()];
    while (this.#takes('and')) parts.push(this.#one());
    return parts.length === 1 ? (parts[0] as Condition) : { kind: 'and', parts };
  }

  #one(): Condition {
    if (++this.#depth > MAX_DEPTH) this.#fail('It is nested too deeply.');
    try {
      if (this.#takes('not')) return { kind: 'not', of: this.#one() };
      if (!this.#takes('(')) return this.#comparison();
      const inner = this.#any();
      if (!this.#takes(')')) this.#fail('A closing parenthesis is missing.');
      return inner;
    } finally {
      this.#depth--;
    }
  }

  #comparison(): Condition {
    const left = this.#operand();
    const operator = OPERATORS.find((one) => this.#takes(one)) ?? this.#fail('One of == != < <= > >= is missing here.');
    return { kind: 'compare', left, operator, right: this.#constant() };
  }

  #operand(): Operand {
    const text = this.#peek();
    const [, sign, bits, order, at] = BYTES.exec(text) ?? [];
    if (!/^[A-Za-z_]/.test(text)) this.#fail('“size”, a number such as u16@0, or the path of a field is missing here.');
    this.#next++;
    if (text === 'size') return { kind: 'size' };
    if (bits === undefined) return { kind: 'field', path: text };
    return { kind: 'bytes', signed: sign === 'i', size: Number(bits) / 8, bigEndian: order === 'be', at: Number(at) };
  }

  #constant(): bigint | string {
    const text = this.#peek();
    const [, sign, digits] = INTEGER.exec(text) ?? [];
    if (digits === undefined && !/^["A-Za-z_]/.test(text))
      this.#fail('A whole number, a name or a text in quotes is missing here.');
    this.#next++;
    if (digits === undefined) return text.startsWith('"') ? text.slice(1, -1) : text;
    return sign ? -BigInt(digits) : BigInt(digits);
  }

  #peek(): string {
    return this.#tokens[this.#next]?.text ?? '';
  }

  #takes(text: string): boolean {
    if (this.#peek() !== text) return false;
    this.#next++;
    return true;
  }

  #fail(message: string): never {
    throw new ConditionFault(message, this.#tokens[this.#next]?.at ?? this.#end);
  }
}

/** Whether it holds. What doesn't exist equals nothing. `size`: of the payload, if `bytes` are only its beginning. */
export function holds(condition: Condition, bytes: Uint8Array, fieldOf: FieldOf, size = bytes.length): boolean {
  switch (condition.kind) {
    case 'not':
      return !holds(condition.of, bytes, fieldOf, size);
    case 'and':
      return condition.parts.every((part) => holds(part, bytes, fieldOf, size));
    case 'or':
      return condition.parts.some((part) => holds(part, bytes, fieldOf, size));
    case 'compare':
      return compares(condition.operator, valuesOf(condition.left, bytes, fieldOf, size), condition.right);
  }
}

/** The value of an operand: for a field its value, and its name if it has one. */
export function valuesOf(
  operand: Operand,
  bytes: Uint8Array,
  fieldOf: FieldOf,
  size = bytes.length,
): (bigint | number | string)[] {
  if (operand.kind === 'size') return [size];
  if (operand.kind === 'bytes') return integerAt(operand, bytes);
  const field = fieldOf(operand.path);
  const value = typeof field?.value === 'boolean' ? Number(field.value) : field?.value;
  return [value, field?.text].filter((one) => one !== undefined && one !== null);
}

function integerAt({ at, size, signed, bigEndian }: Extract<Operand, { kind: 'bytes' }>, bytes: Uint8Array): bigint[] {
  if (at + size > bytes.length) return [];
  const there = [...bytes.subarray(at, at + size)];
  const raw = (bigEndian ? there : there.reverse()).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  return [signed ? BigInt.asIntN(size * 8, raw) : raw];
}

/** A field may be its number and its name. */
function compares(operator: Operator, values: readonly (bigint | number | string)[], right: bigint | string): boolean {
  const comparable = values.filter((value) => (typeof value === 'string') === (typeof right === 'string'));
  const isEqual = comparable.some((left) => left <= right && left >= right);
  if (operator === '==') return isEqual;
  if (operator === '!=') return comparable.length > 0 && !isEqual;
  return comparable.some((left) => {
    if (operator === '<') return left < right;
    if (operator === '>') return left > right;
    return operator === '<=' ? left <= right : left >= right;
  });
}

/** The field at a dotted path, elements of arrays as `name[2]`. */
export const pathParts = (path: string): string[] => path.replaceAll('[', '.[').split('.').filter(Boolean);
