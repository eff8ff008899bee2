import { adviceFor, type Cause, causeOf } from './causes.ts';
import type { Layouts } from './layout/layouts.ts';
import type { Placed } from './layout/place.ts';
import { entriesOf, entryNamed, type TypeEntry } from './listing.ts';
import { elementOf, resolved, type StructType, type TypeRef, typeText } from './model.ts';

/** What differs between two ABIs in one type, and how to declare it so that nothing does. */
export interface TypeDifference {
  readonly name: string;
  readonly kind: TypeEntry['kind'];
  /** Bytes under each ABI; null if it isn't declared there. */
  readonly size: readonly [number | null, number | null];
  readonly align: readonly [number | null, number | null];
  /** Fields with another position or size. */
  readonly moves: readonly Move[];
  /** A sentence each, in the order of the fields. */
  readonly reasons: readonly string[];
  readonly advice: readonly string[];
}

interface Move {
  readonly path: string;
  readonly type: string;
  /** Bytes; null if it isn't declared. `bit`: from the start of the type. */
  readonly offset: readonly [number | null, number | null];
  readonly size: readonly [number | null, number | null];
  readonly bit?: readonly [number | null, number | null];
}

/** The types that aren't the same under both. */
export function differencesOf(a: Layouts, b: Layouts): TypeDifference[] {
  const [left, right] = [a, b].map((layouts) => new Map(entriesOf(layouts).map((entry) => [entry.name, entry]))) as [
    Map<string, TypeEntry>,
    Map<string, TypeEntry>,
  ];
  const names = [...new Set([...left.keys(), ...right.keys()])];
  return names.flatMap((name) => differenceOf(a, b, left.get(name), right.get(name)) ?? []);
}

/** What differs in the type with this name; undefined if nothing does, or there is none. */
export const differenceNamed = (a: Layouts, b: Layouts, name: string): TypeDifference | undefined =>
  differenceOf(a, b, entryNamed(a, name), entryNamed(b, name));

/** What differs in one type; undefined if nothing does. */
function differenceOf(
  a: Layouts,
  b: Layouts,
  left: TypeEntry | undefined,
  right: TypeEntry | undefined,
): TypeDifference | undefined {
  const some = left ?? right;
  if (!some) return undefined;
  const moves = movesOf(left, right);
  const size = [left?.size ?? null, right?.size ?? null] as const;
  const align = [left?.align ?? null, right?.align ?? null] as const;
  if (moves.length === 0 && size[0] === size[1] && align[0] === align[1]) return undefined;
  const causes = left && right ? causesIn(a, b, left, right) : [];
  const missing = left && right ? [] : [`It is declared for ${(left ? a : b).abi.label} alone.`];
  return {
    name: some.name,
    kind: some.kind,
    size,
    align,
    moves,
    reasons: [...missing, ...causes.map(({ sentence }) => sentence)],
    advice: [...new Set(causes.flatMap((cause) => adviceFor(cause) ?? []))],
  };
}

function movesOf(left: TypeEntry | undefined, right: TypeEntry | undefined): Move[] {
  const others = new Map(right?.fields.map((field) => [field.path, field]));
  const paths = new Set([...(left?.fields ?? []), ...(right?.fields ?? [])].map(({ path }) => path));
  const own = new Map(left?.fields.map((field) => [field.path, field]));
  return [...paths].flatMap((path): Move[] => {
    const [one, other] = [own.get(path), others.get(path)];
    const some = one ?? other;
    if (!some) return [];
    const bits = [one, other].map((field) => (field?.bit ? field.offset * 8 + field.bit.offset : null)) as [
      number | null,
      number | null,
    ];
    const isSame = one && other && one.size === other.size && one.count === other.count;
    if (isSame && (some.bit ? bits[0] === bits[1] : one.offset === other.offset)) return [];
    return [
      {
        path,
        type: some.type,
        offset: [one?.offset ?? null, other?.offset ?? null],
        size: [one?.size ?? null, other?.size ?? null],
        ...(some.bit && { bit: bits }),
      },
    ];
  });
}

/** Why a struct's members move, one after the other: each cause once, where it first appears. */
function causesIn(a: Layouts, b: Layouts, left: TypeEntry, right: TypeEntry): Cause[] {
  const [one, other] = [structOf(a, left.ref), structOf(b, right.ref)];
  if (!one || !other) return wholeCause(a, b, left, right);
  const pairs = pairsOf(a.struct(one).members, b.struct(other).members);
  const causes: Cause[] = [];
  let shift = 0;
  for (const [index, pair] of pairs.entries()) {
    const next = pairs[index + 1];
    const grows = Math.round(sizeIn(b, pair[1]) - sizeIn(a, pair[0]));
    const moved = shiftOf(pair);
    const after = next ? shiftOf(next) : right.size - left.size;
    const cause = causeOf({ layouts: [a, b], pair, moved: moved - shift, grows, after: after - shift, isLast: !next });
    if (cause) causes.push(cause);
    // A union's members all start at 0.
    shift = one.kind === 'union' ? 0 : moved + grows;
  }
  const tail = right.size - left.size;
  if (causes.length === 0 && (tail !== 0 || left.align !== right.align)) {
    causes.push({ what: 'tail', sentence: tailText(a, b, left, right) });
  }
  return causes;
}

function wholeCause(a: Layouts, b: Layouts, left: TypeEntry, right: TypeEntry): Cause[] {
  const placed = (layouts: Layouts, { ref, name }: TypeEntry): Placed => ({
    member: { name, type: ref },
    bit: 0,
    size: layouts.sizeOf(ref),
  });
  const cause = causeOf({
    layouts: [a, b],
    pair: [placed(a, left), placed(b, right)],
    moved: 0,
    grows: right.size - left.size,
    after: 0,
    isLast: true,
  });
  return cause ? [cause] : [];
}

const tailText = (a: Layouts, b: Layouts, left: TypeEntry, right: TypeEntry) =>
  `“${left.name}” is aligned to ${left.align} bytes on ${a.abi.label} and to ${right.align} on ${b.abi.label}: it ends with different padding.`;

function structOf(layouts: Layouts, ref: TypeRef): StructType | undefined {
  const type = resolved(layouts.types, elementOf(ref).element);
  return type?.kind === 'struct' || type?.kind === 'union' ? type : undefined;
}

/** Members that both have, by name; those without one by index. */
function pairsOf(left: readonly Placed[], right: readonly Placed[]): [Placed, Placed][] {
  return left.flatMap((one, index): [Placed, Placed][] => {
    const { name } = one.member;
    const other = name === undefined ? right[index] : right.find(({ member }) => member.name === name);
    return other && other.member.name === name && typeText(other.member.type) ? [[one, other]] : [];
  });
}

/** Bytes that a bitfield takes from those after it show in their positions, not in its size. */
const sizeIn = (layouts: Layouts, { member }: Placed) =>
  member.bits === undefined ? layouts.sizeOf(member.type) : member.bits / 8;

/** Bytes from one ABI to the other; for bitfields fractions of bytes. */
const shiftOf = ([one, other]: readonly [Placed, Placed]) => (other.bit - one.bit) / 8;
