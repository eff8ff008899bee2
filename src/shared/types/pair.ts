import type { Field } from './fields.ts';
import type { TypeEntry } from './listing.ts';

/** One type under two ABIs, line by line: every field and the padding in between, differences marked. */

type Pair<T> = readonly [T, T];

export interface PairSide {
  /** Bytes from the start of the type. */
  readonly offset: number;
  /** Bytes; for an array those of all its elements. */
  readonly size: number;
  readonly bit?: { readonly offset: number; readonly width: number };
}

export interface PairRow {
  readonly kind: 'field' | 'padding';
  /** For padding, of the field after it, or of what it ends. */
  readonly path: string;
  readonly name: string;
  /** With its dimensions as one: `int[6]`. */
  readonly type: string;
  readonly depth: number;
  /** Null if only the other has it. */
  readonly sides: Pair<PairSide | null>;
  readonly differs: boolean;
}

interface Node {
  readonly path: string;
  readonly fields: [Field | undefined, Field | undefined];
  readonly children: Node[];
}

/** Undefined: it isn't declared under that ABI. */
export function pairRows(types: Pair<TypeEntry | undefined>): PairRow[] {
  const rows: PairRow[] = [];
  addRows(
    rows,
    treeOf(types),
    both(types, (type) => (type ? { from: 0, to: type.size } : null)),
    0,
    '',
  );
  return rows;
}

const both = <T, R>([one, other]: Pair<T>, of: (side: T) => R): [R, R] => [of(one), of(other)];

type Span = { readonly from: number; readonly to: number } | null;

function treeOf(types: Pair<TypeEntry | undefined>): Node[] {
  const roots: Node[] = [];
  const known = new Map<string, Node>();
  for (const [side, type] of types.entries()) {
    for (const field of type?.fields ?? []) {
      let node = known.get(field.path);
      if (!node) {
        node = { path: field.path, fields: [undefined, undefined], children: [] };
        known.set(field.path, node);
        const parent = known.get(field.path.slice(0, Math.max(0, field.path.lastIndexOf('.'))));
        (parent?.children ?? roots).push(node);
      }
      node.fields[side] = field;
    }
  }
  return roots;
}

function addRows(rows: PairRow[], nodes: readonly Node[], within: Pair<Span>, depth: number, parent: string): void {
  const ends = both(within, (span) => span?.from ?? 0);
  for (const node of nodes) {
    const sides = both(node.fields, sideOf);
    addPadding(
      rows,
      node.path,
      depth,
      ends,
      both(sides, (side) => side && startOf(side)),
    );
    rows.push(rowOf(node, sides, depth));
    if (node.children.length > 0) {
      const inner = both(node.fields, (field) =>
        field ? { from: field.offset, to: field.offset + field.size } : null,
      );
      addRows(rows, node.children, inner, depth + 1, node.path);
    }
    for (const [at, side] of sides.entries()) if (side) ends[at] = Math.max(ends[at] as number, endOf(side));
  }
  const left = both(within, (span) => span?.to ?? null);
  if (nodes.length > 0) addPadding(rows, parent, depth, ends, left);
}

function addPadding(rows: PairRow[], path: string, depth: number, from: Pair<number>, to: Pair<number | null>): void {
  const gap = (offset: number, end: number | null) =>
    end !== null && end > offset ? { offset, size: end - offset } : null;
  const sides = [gap(from[0], to[0]), gap(from[1], to[1])] as const;
  if (!sides[0] && !sides[1]) return;
  const differs = sides[0]?.offset !== sides[1]?.offset || sides[0]?.size !== sides[1]?.size;
  rows.push({ kind: 'padding', path, name: 'padding', type: '', depth, sides, differs });
}

function rowOf({ path, fields }: Node, sides: [PairSide | null, PairSide | null], depth: number): PairRow {
  const [one, other] = fields;
  const some = one ?? other;
  const count = some?.count;
  const name = path.slice(path.lastIndexOf('.') + 1);
  const type = `${some?.type ?? ''}${count === undefined ? '' : `[${count ?? ''}]`}`;
  return { kind: 'field', path, name, type, depth, sides, differs: !isSame(sides) || one?.type !== other?.type };
}

const isSame = ([one, other]: Pair<PairSide | null>): boolean =>
  one !== null &&
  other !== null &&
  one.size === other.size &&
  startBit(one) === startBit(other) &&
  one.bit?.width === other.bit?.width;

const startBit = ({ offset, bit }: PairSide) => offset * 8 + (bit?.offset ?? 0);
const startOf = (side: PairSide): number => Math.floor(startBit(side) / 8);
const endOf = (side: PairSide): number =>
  side.bit ? Math.ceil((startBit(side) + side.bit.width) / 8) : side.offset + side.size;

const sideOf = (field: Field | undefined): PairSide | null =>
  field
    ? {
        offset: field.offset,
        size: field.size * (field.count === undefined ? 1 : (field.count ?? 0)),
        ...(field.bit && { bit: field.bit }),
      }
    : null;
