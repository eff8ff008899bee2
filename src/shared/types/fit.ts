import type { Layouts } from './layout/layouts.ts';
import { LIMITS } from './limits.ts';
import type { TypeRef } from './model.ts';
import type { ByteRange } from './paths.ts';
import { type ArrayPlan, type Plan, planOf, type ScalarPlan, type StructPlan } from './struct/plan.ts';
import { readBits, readScalar } from './struct/scalar.ts';

/** Whether a payload can be of a type under one ABI, and if not, why. */

/** What contradicts it; undefined: it can be. */
export type Doubt = (ByteRange & { readonly text: string }) | undefined;

/** Checks payloads against a type. Throws {@link TypeFault} if the type has no layout. */
export class Fit {
  readonly layouts: Layouts;
  readonly #plan: Plan;
  readonly #padding: readonly (readonly [from: number, to: number])[];
  /** Where the array begins that takes the rest. */
  readonly #open: number | undefined;

  constructor(layouts: Layouts, ref: TypeRef) {
    this.layouts = layouts;
    this.#plan = planOf(layouts, ref);
    this.#open = openEnd(this.#plan);
    this.#padding = paddingOf(this.#plan).filter(([from]) => from < (this.#open ?? Number.POSITIVE_INFINITY));
  }

  get size(): number {
    return this.#plan.size;
  }

  sizeDoubt(bytes: Uint8Array): Doubt {
    if (this.#open === undefined ? bytes.length === this.size : bytes.length >= this.#open) return undefined;
    const text = `the type has ${this.size} bytes on ${this.layouts.abi.label}, the message ${bytes.length}`;
    return { text, from: Math.min(this.size, bytes.length), to: bytes.length };
  }

  /** Content that no program built for this ABI would write. */
  contentDoubt(bytes: Uint8Array): Doubt {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const impossible = new Doubts(view).in(this.#plan, 0, '');
    if (impossible) return { ...impossible, text: `${impossible.text} on ${this.layouts.abi.label}` };
    for (const [from, to] of this.#padding) {
      for (let at = from; at < Math.min(to, bytes.length); at++) {
        if (bytes[at] === 0) continue;
        const text = `byte ${at}, which is padding on ${this.layouts.abi.label}, is ${bytes[at]} and not 0`;
        return { text, from: at, to: at + 1 };
      }
    }
    return undefined;
  }
}

/** Checks the enums and bools of one payload. */
class Doubts {
  readonly #view: DataView;
  #left: number = LIMITS.values;

  constructor(view: DataView) {
    this.#view = view;
  }

  in(plan: Plan, offset: number, path: string): Doubt {
    if (plan.kind === 'struct') return this.#members(plan, offset, path);
    if (plan.kind === 'array') return this.#elements(plan, offset, path);
    if (!isTelling(plan) || offset + plan.size > this.#view.byteLength) return undefined;
    return this.#doubt(plan, readScalar(plan, this.#view, offset), path, { from: offset, to: offset + plan.size });
  }

  #members({ members, overlaid }: StructPlan, offset: number, path: string): Doubt {
    // It is unknown which member of a union counts.
    if (overlaid) return undefined;
    for (const { name, offset: at, plan, bit, needs } of members) {
      const inner = path === '' ? name : `${path}.${name}`;
      const found = bit ? this.#bits(plan, offset + at, bit, needs, inner) : this.in(plan, offset + at, inner);
      if (found) return found;
    }
    return undefined;
  }

  #bits(plan: Plan, at: number, bit: { offset: number; width: number }, needs: number, path: string): Doubt {
    if (plan.kind !== 'scalar' || !isTelling(plan) || at + needs > this.#view.byteLength) return undefined;
    const from = at + Math.floor(bit.offset / 8);
    return this.#doubt(plan, readBits(plan, this.#view, at, bit.offset, bit.width), path, { from, to: at + needs });
  }

  #doubt(plan: ScalarPlan, read: ReturnType<typeof readScalar>, path: string, proof: ByteRange): Doubt {
    const text = doubtOf(plan, read, path, () => this.#said(proof));
    return text === undefined ? undefined : { text, ...proof };
  }

  #said({ from, to }: ByteRange): string {
    const bytes = Array.from({ length: to - from }, (_, index) => this.#view.getUint8(from + index));
    return `(${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')} at byte ${from})`;
  }

  #elements({ element, count }: ArrayPlan, offset: number, path: string): Doubt {
    if (element.size === 0 || (element.kind === 'scalar' && !isTelling(element))) return undefined;
    const there = Math.floor(Math.max(0, this.#view.byteLength - offset) / element.size);
    for (let index = 0; index < Math.min(count ?? there, there) && this.#left > 0; index++, this.#left--) {
      const found = this.in(element, offset + index * element.size, `${path}[${index}]`);
      if (found) return found;
    }
    return undefined;
  }
}

const isTelling = ({ names, format }: ScalarPlan): boolean =>
  format === 'bool' || (names !== undefined && names.size > 0);

function doubtOf(
  { format, names, flags, type }: ScalarPlan,
  read: ReturnType<typeof readScalar>,
  path: string,
  said: () => string,
): string | undefined {
  if (format === 'bool' && !names)
    return read.fault === undefined ? undefined : `the bool “${path}” would be ${read.value} ${said()}`;
  // None of the flags.
  if (flags && read.value === 0) return undefined;
  return read.text === undefined ? `“${path}” would be ${read.value} ${said()}, which ${type} has not,` : undefined;
}

function openEnd(plan: Plan): number | undefined {
  const last = plan.kind === 'struct' ? plan.members.at(-1) : undefined;
  if (!last) return undefined;
  if (last.plan.kind === 'array' && last.plan.count === null) return last.offset;
  const inner = openEnd(last.plan);
  return inner === undefined ? undefined : last.offset + inner;
}

/** Bytes that belong to no member, as ranges. */
function paddingOf(plan: Plan): [number, number][] {
  if (plan.kind !== 'struct' || plan.size > LIMITS.values) return [];
  const used = new Uint8Array(plan.size);
  mark(used, plan, 0);
  const found: [number, number][] = [];
  for (let at = 0; at < used.length; at++) {
    if (used[at]) continue;
    const last = found.at(-1);
    if (last?.[1] === at) last[1] = at + 1;
    else found.push([at, at + 1]);
  }
  return found;
}

function mark(used: Uint8Array, plan: Plan, offset: number): void {
  if (plan.kind === 'scalar') used.fill(1, offset, offset + plan.size);
  else if (plan.kind === 'array') {
    if (plan.element.kind === 'scalar') used.fill(1, offset, offset + plan.size);
    else
      for (let index = 0; index < (plan.count ?? 0); index++)
        mark(used, plan.element, offset + index * plan.element.size);
  } else {
    for (const { offset: at, plan: inner, bit, needs } of plan.members) {
      if (!bit) mark(used, inner, offset + at);
      else used.fill(1, offset + at + Math.floor(bit.offset / 8), offset + at + needs);
    }
  }
}
