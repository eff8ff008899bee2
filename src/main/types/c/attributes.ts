import type { BitfieldRule } from '../../../shared/types/abi.ts';
import type { Node } from '../grammar.ts';

/** What attributes say about a layout. Bytes. */
export interface Attributes {
  readonly packed?: boolean;
  readonly align?: number;
  readonly bitfields?: BitfieldRule;
}

export interface AttributeReader {
  readonly value: (node: Node) => bigint;
  readonly alignOf: (node: Node) => number;
  readonly fail: (message: string, node: Node) => never;
}

/** Where a bare `aligned` puts things on x86. */
const LARGEST_ALIGNMENT = 16;
const MAX_ALIGNMENT = 4096;

/** Those that change a layout in ways unknown here: refused, since a wrong layout is worse than none. */
const REFUSED = /^(mode|vector_size|scalar_storage_order|transparent_union|bit_int|address_space|empty_bases)$/;

/** Of the attributes among the children of `node`. */
export function attributesOf(nodes: readonly Node[], reader: AttributeReader): Attributes {
  let found: Attributes = {};
  for (const node of nodes) {
    if (node.type === 'attribute_specifier') {
      for (const one of node.descendantsOfType('argument_list')[0]?.namedChildren ?? []) {
        if (one) found = joinedWith(found, attributeOf(one, reader));
      }
    }
    if (node.type === 'attribute_declaration' && /gnu::|msvc::/.test(node.text)) {
      reader.fail(`“${node.text}” is not read: write it as __attribute__.`, node);
    }
    const alignas = node.type === 'type_qualifier' ? node.firstChild : undefined;
    if (alignas?.type === 'alignas_qualifier') found = joinedWith(found, { align: alignasOf(alignas, reader) });
  }
  return found;
}

export const joinedWith = (a: Attributes, b: Attributes): Attributes => ({
  ...a,
  ...b,
  ...((a.align ?? b.align) && { align: Math.max(a.align ?? 0, b.align ?? 0) }),
});

function attributeOf(node: Node, reader: AttributeReader): Attributes {
  const call = node.type === 'call_expression';
  const name = ((call ? node.childForFieldName('function') : node)?.text ?? '').replace(/^__|__$/g, '');
  const argument = call ? node.childForFieldName('arguments')?.namedChild(0) : undefined;
  if (REFUSED.test(name)) reader.fail(`The attribute “${name}” is not known here; the type can't be laid out.`, node);
  switch (name) {
    case 'packed':
      return { packed: true };
    case 'aligned':
    case 'align':
      return { align: argument ? checked(Number(reader.value(argument)), node, reader) : LARGEST_ALIGNMENT };
    case 'ms_struct':
      return { bitfields: 'ms' };
    case 'gcc_struct':
      return { bitfields: 'sysv' };
    default:
      return {};
  }
}

function alignasOf(node: Node, reader: AttributeReader): number {
  const [argument] = node.namedChildren;
  if (!argument) return reader.fail('An alignment is missing.', node);
  if (argument.type === 'type_descriptor') return reader.alignOf(argument);
  const value = Number(reader.value(argument));
  return value === 0 ? 1 : checked(value, node, reader);
}

function checked(align: number, node: Node, { fail }: AttributeReader): number {
  if (align > 0 && align <= MAX_ALIGNMENT && (align & (align - 1)) === 0) return align;
  return fail(`An alignment is a power of two up to ${MAX_ALIGNMENT}, not ${align}.`, node);
}
