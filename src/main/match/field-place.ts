import type { FieldTest } from '../../shared/filter/filter.ts';
import type { PlaceTest } from '../../shared/types/bindings/fast-condition.ts';
import type { MemberPlan, Plan, ScalarPlan } from '../../shared/types/struct/plan.ts';
import { readBits, readScalar } from '../../shared/types/struct/scalar.ts';
import { compares, isAs, type Tested } from './field-value.ts';

/** A scalar with a fixed position. */
export interface Place {
  readonly plan: ScalarPlan;
  /** Bytes from the start of the payload. */
  readonly offset: number;
  readonly bit?: NonNullable<MemberPlan['bit']>;
  readonly needs: number;
}

/** Values of an enum or a bool that are remembered. */
const REMEMBERED = 1024;

/** Tests a field in place, without decoding the payload; undefined if it has no fixed position. */
export function placeTest(plan: Plan, path: readonly string[], test: FieldTest): PlaceTest | undefined {
  const place = placeOf(plan, path);
  if (!place) return undefined;
  const { offset, needs } = place;
  const passes = valueTest(place, test);
  return (view, start, end) => start + offset + needs <= end && passes(view, start + offset);
}

/** Where a path leads in a type; undefined if that isn't a single scalar with a fixed position. */
export function placeOf(plan: Plan, [name, ...rest]: readonly string[], offset = 0): Place | undefined {
  if (name === undefined) return plan.kind === 'scalar' ? { plan, offset, needs: plan.size } : undefined;
  if (plan.kind === 'array') {
    const index = Number(/^\[(\d+)\]$/.exec(name)?.[1] ?? Number.NaN);
    return index < (plan.count ?? 0) ? placeOf(plan.element, rest, offset + index * plan.element.size) : undefined;
  }
  const member = plan.kind === 'struct' ? plan.members.find((one) => one.name === name) : undefined;
  if (!member) return undefined;
  const at = offset + member.offset;
  if (!member.bit) return placeOf(member.plan, rest, at);
  if (rest.length > 0 || member.plan.kind !== 'scalar') return undefined;
  return { plan: member.plan, offset: at, bit: member.bit, needs: member.needs };
}

function valueTest({ plan, bit }: Place, test: FieldTest): (view: DataView, at: number) => boolean {
  if (test.op === '*') return () => true;
  const { type, size, format, names } = plan;
  const field = (read: object): Tested => ({ type, size, ...read });
  if (bit) return (view, at) => isAs(test, field(readBits(plan, view, at, bit.offset, bit.width)));
  const number = numberAt(plan);
  if (number && (names || format === 'bool')) {
    const known = new Map<number, boolean>();
    return (view, at) => {
      const raw = number(view, at);
      const before = known.get(raw);
      if (before !== undefined) return before;
      const passes = isAs(test, field(readScalar(plan, view, at)));
      if (known.size < REMEMBERED) known.set(raw, passes);
      return passes;
    };
  }
  if (number && test.op !== '=') {
    const single = format === 'float' && size === 4;
    const plain = plainComparison(test, single);
    return plain ? (view, at) => plain(number(view, at)) : (view, at) => compares(test, number(view, at), single);
  }
  if (number && test.op === '=' && format !== 'float') {
    const [word] = test.values;
    if (test.values.length === 1 && typeof word?.number === 'number') {
      const wanted = word.number;
      return (view, at) => number(view, at) === wanted;
    }
  }
  return (view, at) => isAs(test, field(readScalar(plan, view, at)));
}

/** As a range of JavaScript numbers; undefined if one of its ends isn't one. */
function plainComparison(test: FieldTest, single: boolean): ((value: number) => boolean) | undefined {
  if (test.op === '..') {
    const [low, high] = [test.low ?? Number.NEGATIVE_INFINITY, test.high ?? Number.POSITIVE_INFINITY];
    if (single || typeof low === 'bigint' || typeof high === 'bigint') return undefined;
    return (value) => value >= low && value <= high;
  }
  if (single || test.op === '*' || test.op === '=' || typeof test.value === 'bigint') return undefined;
  const { value: bound } = test;
  if (test.op === '>') return (value) => value > bound;
  if (test.op === '>=') return (value) => value >= bound;
  return test.op === '<' ? (value) => value < bound : (value) => value <= bound;
}

/** Reads what is exact as a JavaScript number, and nothing else. */
function numberAt({ format, size }: ScalarPlan): ((view: DataView, at: number) => number) | undefined {
  if (format === 'float') {
    return size === 4 ? (view, at) => view.getFloat32(at, true) : (view, at) => view.getFloat64(at, true);
  }
  if (!/^(int|uint|bool|char|pointer|utf16|utf32|unix-time)$/.test(format)) return undefined;
  const signed = format === 'int' || format === 'char' || format === 'unix-time';
  if (size === 1) return signed ? (view, at) => view.getInt8(at) : (view, at) => view.getUint8(at);
  if (size === 2) return signed ? (view, at) => view.getInt16(at, true) : (view, at) => view.getUint16(at, true);
  if (size !== 4) return undefined;
  return signed ? (view, at) => view.getInt32(at, true) : (view, at) => view.getUint32(at, true);
}
