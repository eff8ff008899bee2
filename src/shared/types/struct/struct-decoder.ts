import { type Decoded, type Decoder, digestOf, type FieldValue, type KnownField } from '../decoder.ts';
import type { Layouts } from '../layout/layouts.ts';
import { LIMITS } from '../limits.ts';
import { shortName, type TypeRef, typeText } from '../model.ts';
import { isText, textOf } from './characters.ts';
import { type ArrayPlan, type MemberPlan, type Plan, planOf, type StructPlan } from './plan.ts';
import { readBits, readScalar } from './scalar.ts';

/** Reads a payload as a declared type under one ABI. */
export class StructDecoder implements Decoder {
  readonly id: string;
  readonly version: string;
  readonly fields: readonly KnownField[];
  readonly plan: Plan;

  /** Throws {@link TypeFault} if a type has no layout. */
  constructor(layouts: Layouts, ref: TypeRef) {
    this.plan = planOf(layouts, ref);
    this.id = `${shortName(typeText(ref))}@${layouts.abi.id}`;
    this.fields = knownIn(this.plan, '');
    this.version = digestOf(printed(this.plan));
  }

  /** Bytes of the type. */
  get size(): number {
    return this.plan.size;
  }

  decode(bytes: Uint8Array): Decoded {
    return new Reading(bytes).all(this.plan);
  }
}

/** One payload being read. */
class Reading {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #left: number = LIMITS.values;
  /** The end of what was read. */
  #end = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  all(plan: Plan): Decoded {
    const fields =
      plan.kind === 'struct'
        ? this.#members(plan, 0)
        : [this.#value('value', plan, 0)].filter((one) => one !== undefined);
    const have = this.#bytes.length;
    const size = Math.min(have, Math.max(this.#end, plan.size));
    const fault =
      have < plan.size
        ? `${have} of ${plan.size} bytes`
        : this.#left <= 0
          ? `Only the first ${LIMITS.values.toLocaleString('en')} values are shown.`
          : undefined;
    const rest = have > size ? { offset: size, size: have - size } : undefined;
    return { fields, size, ...(fault && { fault }), ...(rest && { rest }) };
  }

  #members({ members }: StructPlan, start: number): FieldValue[] {
    const fields: FieldValue[] = [];
    for (const member of members) {
      const field = this.#member(member, start);
      if (field) fields.push(field);
    }
    return fields;
  }

  #member({ name, offset, plan, bit, needs }: MemberPlan, start: number): FieldValue | undefined {
    if (!bit || plan.kind !== 'scalar') return this.#value(name, plan, start + offset);
    if (!this.#takes(start + offset, needs)) return undefined;
    const read = readBits(plan, this.#view, start + offset, bit.offset, bit.width);
    return { name, type: plan.type, offset: start + offset, size: plan.size, bit, ...read };
  }

  /** Undefined if not even its beginning is there. */
  #value(name: string, plan: Plan, offset: number): FieldValue | undefined {
    const { type, size } = plan;
    if (plan.kind === 'scalar') {
      if (!this.#takes(offset, size)) return undefined;
      return { name, type, offset, size, ...readScalar(plan, this.#view, offset) };
    }
    if (offset >= this.#bytes.length && size > 0) return undefined;
    if (plan.kind === 'struct') return { name, type, offset, size, fields: this.#members(plan, offset) };
    return this.#array(name, plan, offset);
  }

  #array(name: string, plan: ArrayPlan, offset: number): FieldValue {
    const { type, element } = plan;
    const left = Math.max(0, this.#bytes.length - offset);
    const there = element.size > 0 ? Math.floor(left / element.size) : 0;
    const count = Math.min(plan.count ?? there, there);
    const size = count * element.size;
    const text = this.#left > 0 ? textOf(element, this.#bytes.subarray(offset, offset + size)) : undefined;
    if (text) {
      this.#takes(offset, size);
      return { name, type, offset, size, ...text };
    }
    const fields: FieldValue[] = [];
    for (let index = 0; index < count && this.#left > 0; index++) {
      const field = this.#value(`[${index}]`, element, offset + index * element.size);
      if (field) fields.push(field);
    }
    return { name, type, offset, size, fields, list: true };
  }

  #takes(offset: number, size: number): boolean {
    if (offset + size > this.#bytes.length || this.#left <= 0) return false;
    this.#left--;
    this.#end = Math.max(this.#end, offset + size);
    return true;
  }
}

function knownIn(plan: Plan, prefix: string): KnownField[] {
  if (plan.kind === 'array') return knownIn(plan.element, prefix);
  if (plan.kind !== 'struct') return [];
  return plan.members.flatMap(({ name, plan: inner }) => [
    { path: prefix + name, type: inner.type, ...formOf(inner) },
    ...knownIn(inner, `${prefix}${name}.`),
  ]);
}

function formOf(plan: Plan): Pick<KnownField, 'form' | 'names'> {
  if (plan.kind === 'struct') return { form: 'group' };
  if (plan.kind === 'array') return isText(plan.element) ? { form: 'text' } : formOf(plan.element);
  if (plan.names) return { form: 'enum', names: [...plan.names.values()] };
  if (plan.format === 'bool') return { form: 'bool' };
  return { form: plan.format === 'guid' || plan.format === 'systemtime' ? 'text' : 'number' };
}

const printed = (plan: Plan): string =>
  JSON.stringify(plan, (_, value) =>
    value instanceof Map ? [...value].map(([key, name]) => `${key}=${name}`) : value,
  );
