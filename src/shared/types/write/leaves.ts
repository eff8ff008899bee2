import { pathWithin } from '../paths.ts';
import { isText } from '../struct/characters.ts';
import type { ArrayPlan, Plan, ScalarPlan } from '../struct/plan.ts';

/** What can be written in a type: its values one by one, each at its position. */

export interface Leaf {
  readonly kind: 'leaf';
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  /** A number or the like, or an array that is one text or one sequence of bytes. */
  readonly plan: ScalarPlan | TextPlan;
  /** Bytes from the start of the message. */
  readonly offset: number;
  /** Bytes that it occupies. */
  readonly size: number;
  readonly bit?: { readonly offset: number; readonly width: number };
}

/** An array of characters or bytes. */
type TextPlan = ArrayPlan & { readonly element: ScalarPlan };

/** What contains others, or is too long to be written value by value. */
export interface Group {
  readonly kind: 'group' | 'long';
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly plan: Plan;
  readonly offset: number;
}

/** Longer arrays aren't written value by value. */
const MOST_ELEMENTS = 64;
const MOST_LEAVES = 5000;

/** In order of declaration. `size`: bytes of the message, which determines a flexible array's length. */
export function leavesOf(plan: Plan, size: number): (Leaf | Group)[] {
  const found: (Leaf | Group)[] = [];
  const add = (name: string, inner: Plan, at: Pick<Leaf, 'offset' | 'path' | 'depth' | 'bit'> & { needs: number }) => {
    if (found.length >= MOST_LEAVES) return;
    const { needs, ...place } = at;
    const here = { ...place, name };
    if (inner.kind === 'scalar') found.push({ ...here, kind: 'leaf', plan: inner, size: needs });
    else if (inner.kind === 'array' && isText(inner.element)) {
      const own = inner.count === null ? Math.max(0, size - at.offset) : inner.size;
      found.push({ ...here, kind: 'leaf', plan: inner as TextPlan, size: own });
    } else if (inner.kind === 'array') addArray(name, inner, at);
    else {
      found.push({ ...here, kind: 'group', plan: inner });
      addMembers(inner, at);
    }
  };
  const addArray = (
    name: string,
    array: ArrayPlan,
    { offset, path, depth }: Pick<Leaf, 'offset' | 'path' | 'depth'>,
  ) => {
    const { element } = array;
    const there = element.size > 0 ? Math.floor(Math.max(0, size - offset) / element.size) : 0;
    const count = array.count ?? there;
    const kind = count > MOST_ELEMENTS ? 'long' : 'group';
    found.push({ kind, path, name, depth, plan: array, offset });
    for (let index = 0; index < count && kind === 'group'; index++) {
      const inner = { offset: offset + index * element.size, path: `${path}[${index}]`, depth: depth + 1 };
      add(`[${index}]`, element, { ...inner, needs: element.size });
    }
  };
  const addMembers = (struct: Extract<Plan, { kind: 'struct' }>, at: Pick<Leaf, 'offset' | 'path' | 'depth'>) => {
    for (const { name, offset, plan: inner, bit, needs } of struct.members) {
      const place = { offset: at.offset + offset, path: pathWithin(at.path, name), depth: at.depth + 1 };
      add(name, inner, { ...place, needs, ...(bit && { bit }) });
    }
  };
  if (plan.kind === 'struct') addMembers(plan, { offset: 0, path: '', depth: -1 });
  else add('value', plan, { offset: 0, path: 'value', depth: 0, needs: plan.size });
  return found;
}
