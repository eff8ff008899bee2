import type { Abi } from '../../../shared/types/abi.ts';
import { mistakeIn, type Node } from '../grammar.ts';
import { cfgHolds } from './cfg.ts';

/** A struct, union, enum, type alias or constant of a file. */
export interface Item {
  readonly name: string;
  readonly kind: 'struct' | 'union' | 'enum' | 'type' | 'const';
  readonly node: Node;
  readonly file: string;
  readonly repr: Repr;
}

/** What `#[repr(…)]` says. Bytes. */
interface Repr {
  /** Without it a struct's layout is up to the compiler. */
  readonly c: boolean;
  readonly transparent: boolean;
  readonly pack?: number;
  readonly align?: number;
  /** Of an enum. */
  readonly integer?: string;
}

/** The name it is declared under. */
export const keyOfItem = ({ kind, name }: Item): string => (kind === 'type' ? name : `${kind} ${name}`);

const KINDS: Readonly<Record<string, Item['kind']>> = {
  struct_item: 'struct',
  union_item: 'union',
  enum_item: 'enum',
  type_item: 'type',
  const_item: 'const',
};

/** The items of a file and of its modules that are compiled for the ABI. `onMistake`: what can't be read. */
export function itemsOf(root: Node, file: string, abi: Abi, onMistake: (node: Node) => void): Item[] {
  const items: Item[] = [];
  for (const { node, attributes } of attributed(root.namedChildren, abi)) {
    const mistake = node.hasError ? (mistakeIn(node, () => false) ?? node) : undefined;
    if (mistake || node.isError) onMistake(mistake ?? node);
    else if (node.type === 'mod_item') {
      const body = node.childForFieldName('body');
      if (body) items.push(...itemsOf(body, file, abi, onMistake));
    } else {
      const kind = KINDS[node.type];
      const name = plainName(node.childForFieldName('name'));
      if (kind && name) items.push({ name, kind, node, file, repr: reprOf(attributes) });
    }
  }
  return items;
}

/** `type` for `r#type`. */
export const plainName = (node: Node | null): string | undefined => node?.text.replace(/^r#/, '');

interface Attributed {
  readonly node: Node;
  /** The contents of the preceding `#[…]`. */
  readonly attributes: readonly string[];
}

/** Nodes with their preceding attributes, without those that `#[cfg]` leaves out. */
export function attributed(nodes: readonly (Node | null)[], abi: Abi): Attributed[] {
  const found: Attributed[] = [];
  let attributes: string[] = [];
  for (const node of nodes) {
    if (!node || node.type.endsWith('comment')) continue;
    if (node.type === 'attribute_item') {
      attributes.push(...conditioned(node.text.replace(/^#\s*\[\s*|\s*\]$/g, ''), abi));
      continue;
    }
    const conditions = attributes.filter((text) => /^cfg\s*\(/.test(text));
    if (conditions.every((text) => cfgHolds(text.replace(/^cfg\s*\(|\)$/g, ''), abi))) found.push({ node, attributes });
    attributes = [];
  }
  return found;
}

/** What `cfg_attr(condition, a, b)` stands for; any other attribute stands for itself. */
function conditioned(text: string, abi: Abi): string[] {
  const inner = /^cfg_attr\s*\((.*)\)$/s.exec(text)?.[1];
  if (inner === undefined) return [text];
  const [condition = '', ...attributes] = partsOf(inner);
  return cfgHolds(condition, abi) ? attributes.flatMap((one) => conditioned(one, abi)) : [];
}

/** Split at the commas outside parentheses. */
function partsOf(text: string): string[] {
  let depth = 0;
  const parts = [''];
  for (const char of text) {
    depth += char === '(' ? 1 : char === ')' ? -1 : 0;
    if (char === ',' && depth === 0) parts.push('');
    else parts.push(`${parts.pop()}${char}`);
  }
  return parts.map((part) => part.trim());
}

function reprOf(attributes: readonly string[]): Repr {
  const words = attributes
    .filter((text) => /^repr\s*\(/.test(text))
    .flatMap((text) => [...text.replace(/^repr\s*\(/, '').matchAll(/(\w+)\s*(?:\(\s*(\d+)\s*\))?/g)]);
  const number = (name: string) => words.find(([, word]) => word === name)?.[2];
  const has = (name: string) => words.some(([, word]) => word === name);
  const integer = words.map(([, word = '']) => word).find((word) => /^[iu](8|16|32|64|128|size)$/.test(word));
  const align = number('align');
  return {
    c: has('C') || (integer !== undefined && !has('transparent')),
    transparent: has('transparent'),
    ...(has('packed') && { pack: Number(number('packed') ?? 1) }),
    ...(align !== undefined && { align: Number(align) }),
    ...(integer !== undefined && { integer }),
  };
}
