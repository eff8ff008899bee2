import type { Layouts } from '../../../shared/types/layout/layouts.ts';
import { LIMITS } from '../../../shared/types/limits.ts';
import {
  type DeclaredType,
  type EnumValue,
  type Member,
  openEnded,
  type TypeRef,
} from '../../../shared/types/model.ts';
import { isScalar, scalarOf } from '../../../shared/types/scalars.ts';
import { type Place, SourceFault } from '../c/token.ts';
import { calculated, characterOf, intOf, literalOf, type Value } from '../c/value.ts';
import type { Node } from '../grammar.ts';
import { attributed, type Item, keyOfItem, plainName } from './items.ts';

/** The standard library's names for C's types. */
const C_NAMES: Readonly<Record<string, string>> = {
  ...{ c_char: 'char', c_schar: 'signed char', c_uchar: 'unsigned char', c_short: 'short', c_ushort: 'unsigned short' },
  ...{ c_int: 'int', c_uint: 'unsigned int', c_longlong: 'long long', c_ulonglong: 'unsigned long long' },
  ...{ c_float: 'float', c_double: 'double', char: 'char32_t', bool: 'bool' },
};
/** Have the layout of their contents. */
const WRAPPERS = /^(MaybeUninit|UnsafeCell|Cell|ManuallyDrop|Wrapping|SyncUnsafeCell)$/;
/** Are an address, in an `Option` too. */
const POINTERS = /^(Box|NonNull|AtomicPtr)$/;
const ATOMIC = /^Atomic(Bool|[IU](?:8|16|32|64|size))$/;
const NONZERO = /^NonZero([IU](?:8|16|32|64|128|size))$/;
/** Bits in which constants are computed. */
const WIDE = 128;

/** Turns the items of Rust files into types, in whatever order they come. */
export class ItemReader {
  readonly #items: ReadonlyMap<string, Item>;
  readonly #layouts: Layouts;
  readonly #types: Map<string, DeclaredType>;
  readonly #attempt: (item: Item, work: () => void) => void;
  /** Those that were read, or are being read. */
  readonly #begun = new Set<Item>();
  /** Constants being computed. */
  readonly #open = new Set<string>();
  #file = '';

  /** @param attempt does the work and reports what it throws */
  constructor(
    items: readonly Item[],
    layouts: Layouts,
    types: Map<string, DeclaredType>,
    attempt: (item: Item, work: () => void) => void,
  ) {
    this.#items = new Map(items.map((item) => [item.name, item]));
    this.#layouts = layouts;
    this.#types = types;
    this.#attempt = attempt;
  }

  /** Declares it, after what it contains, unless that is done. */
  declare(item: Item): void {
    if (this.#begun.has(item)) return;
    this.#begun.add(item);
    const outer = this.#file;
    this.#file = item.file;
    this.#attempt(item, () => {
      const type = this.#read(item);
      if (!type) return;
      const key = keyOfItem(item);
      if (this.#types.has(key)) throw new SourceFault(`“${item.name}” is declared twice.`, placeOf(item));
      this.#types.set(key, type);
    });
    this.#file = outer;
  }

  /** Undefined for what has no layout: a constant, or a struct whose layout is up to the compiler. */
  #read(item: Item): DeclaredType | undefined {
    const { kind, node, repr } = item;
    if (isGeneric(node)) {
      if (repr.c) this.#fail(`“${item.name}” has parameters: its layout is that of each use, which is not read.`, node);
      return undefined;
    }
    switch (kind) {
      case 'type': {
        const type = node.childForFieldName('type');
        return type ? { kind: 'typedef', of: this.#type(type, 0) } : undefined;
      }
      case 'enum':
        return repr.c ? this.#enum(item) : undefined;
      case 'struct':
      case 'union': {
        if (!repr.c && !repr.transparent) return undefined;
        const { pack, align } = repr;
        const members = openEnded(this.#members(node.childForFieldName('body')), kind);
        return { kind, members, ...(pack && { pack }), ...(align && { align }) };
      }
      case 'const':
        return undefined;
    }
  }

  #members(body: Node | null): Member[] {
    const children = attributed(body?.namedChildren ?? [], this.#layouts.abi);
    if (body?.type === 'ordered_field_declaration_list') {
      const types = children.filter(({ node }) => node.type !== 'visibility_modifier');
      return types.flatMap(({ node }, index) => this.#member(String(index), node));
    }
    return children.flatMap(({ node }) => {
      const [name, type] = [node.childForFieldName('name'), node.childForFieldName('type')];
      return name && type ? this.#member(plainName(name) ?? '', type) : [];
    });
  }

  #member(name: string, node: Node): Member[] {
    if (/^(\w+::)*PhantomData\b/.test(node.text) || node.type === 'unit_type') return [];
    return [{ name, type: this.#type(node, 0) }];
  }

  #enum({ node, repr }: Item): DeclaredType {
    const values: EnumValue[] = [];
    let next = 0n;
    for (const { node: variant } of attributed(
      node.childForFieldName('body')?.namedChildren ?? [],
      this.#layouts.abi,
    )) {
      if (variant.type !== 'enum_variant') continue;
      if (variant.childForFieldName('body')) this.#fail('Enums whose variants hold data are not supported.', variant);
      const given = variant.childForFieldName('value');
      const value = given ? this.#value(given, 0).value : next;
      values.push({ name: variant.childForFieldName('name')?.text ?? '', value });
      next = value + 1n;
    }
    const base = repr.integer ?? (values.some(({ value }) => value < 0n) ? 'int' : 'unsigned int');
    return { kind: 'enum', values, base };
  }

  #type(node: Node, depth: number): TypeRef {
    if (depth > LIMITS.depth) this.#fail(`More than ${LIMITS.depth} levels deep.`, node);
    switch (node.type) {
      case 'primitive_type':
      case 'type_identifier':
        return this.#named(node.text, node);
      case 'scoped_type_identifier':
        return this.#named(node.childForFieldName('name')?.text ?? '', node);
      case 'array_type': {
        const [element, length] = [node.childForFieldName('element'), node.childForFieldName('length')];
        if (!element || !length) return this.#fail('A slice has no size: only an array is a member.', node);
        return { kind: 'array', of: this.#type(element, depth + 1), count: this.#count(length) };
      }
      case 'pointer_type':
      case 'reference_type':
        return this.#pointer(node.childForFieldName('type') ?? node);
      case 'function_type':
        return { kind: 'pointer', to: 'fn' };
      case 'generic_type':
        return this.#generic(node, depth);
      default:
        return this.#fail(`“${node.text}” has no known layout.`, node);
    }
  }

  #pointer(target: Node): TypeRef {
    const isWide = /^(array_type|dynamic_type|abstract_type)$/.test(target.type) && !target.childForFieldName('length');
    if (isWide || /^(str|CStr|OsStr|Path)$/.test(target.text)) {
      return this.#fail(`A reference to ${target.text} is an address and a length: its layout is not C’s.`, target);
    }
    return { kind: 'pointer', to: target.text };
  }

  #generic(node: Node, depth: number): TypeRef {
    const name = (node.childForFieldName('type')?.text ?? '').split('::').at(-1) ?? '';
    const argument = node.childForFieldName('type_arguments')?.namedChildren.find((one) => one?.type !== 'lifetime');
    if (!argument) return this.#fail(`“${node.text}” has no known layout.`, node);
    if (WRAPPERS.test(name)) return this.#type(argument, depth + 1);
    if (POINTERS.test(name)) return this.#pointer(argument);
    if (name === 'NonZero') return this.#type(argument, depth + 1);
    if (name === 'Option') {
      const inner = this.#type(argument, depth + 1);
      const isAddress = inner.kind === 'pointer' && argument.type !== 'pointer_type';
      // Its 0 is `None`.
      if (isAddress || /\bNonZero/.test(argument.text)) return inner;
    }
    return this.#fail(`“${node.text}” has no known layout.`, node);
  }

  #named(name: string, node: Node): TypeRef {
    const item = this.#items.get(name);
    if (item && item.kind !== 'const') {
      const { kind, repr } = item;
      if (kind !== 'type' && !repr.c && !repr.transparent) {
        this.#fail(`“${name}” has no #[repr(C)]: its layout is up to the compiler.`, node);
      }
      if (isGeneric(item.node)) this.#fail(`“${name}” has parameters; these are not read.`, node);
      this.declare(item);
      return { kind: 'named', name: keyOfItem(item) };
    }
    const atomic = ATOMIC.exec(name)?.[1];
    const scalar = C_NAMES[name] ?? (atomic ?? NONZERO.exec(name)?.[1])?.toLowerCase() ?? name;
    if (!isScalar(scalar)) {
      this.#fail(`The type “${name}” is not declared. Add the file that declares it.`, node);
    }
    const { abi } = this.#layouts;
    const found = scalarOf(scalar, abi) ?? this.#fail(`${abi.label} has no type “${name}”.`, node);
    if (atomic && found.size !== found.align)
      this.#fail(`“${name}” is aligned otherwise than its integer: it is not read.`, node);
    return { kind: 'scalar', name: scalar };
  }

  #count(node: Node): number {
    const { value } = this.#value(node, 0);
    if (value >= 0n && value <= BigInt(LIMITS.typeSize)) return Number(value);
    return this.#fail(`An array of ${value} elements is larger than any message.`, node);
  }

  #value(node: Node, depth: number): Value {
    if (depth > LIMITS.depth) this.#fail('The expression is nested too deeply.', node);
    const inner = (field: string) => this.#value(node.childForFieldName(field) ?? node, depth + 1);
    switch (node.type) {
      case 'integer_literal': {
        const digits = node.text
          .replaceAll('_', '')
          .replace(/[iu](8|16|32|64|128|size)$/, '')
          .replace(/^0o/, '0');
        const value = literalOf(digits, 64) ?? this.#fail(`“${node.text}” is not a whole number.`, node);
        return intOf(value.value, WIDE);
      }
      case 'char_literal':
        return intOf(
          characterOf(node.text.replace(/^b/, '')) ?? this.#fail(`${node.text} is not a number.`, node),
          WIDE,
        );
      case 'identifier':
      case 'scoped_identifier':
        return this.#constant((node.childForFieldName('name') ?? node).text, node);
      case 'parenthesized_expression':
      case 'block':
      case 'const_block':
        return this.#value(node.namedChild(0) ?? node, depth + 1);
      case 'unary_expression': {
        const { value } = this.#value(node.namedChild(0) ?? node, depth + 1);
        return intOf(node.text.startsWith('-') ? -value : ~value, WIDE);
      }
      case 'type_cast_expression':
        return inner('value');
      case 'binary_expression': {
        const operator = node.childForFieldName('operator')?.text ?? '';
        return calculated(operator, inner('left'), inner('right')) ?? this.#fail(`“${node.text}” has no value.`, node);
      }
      case 'call_expression':
        return this.#measured(node);
      default:
        return this.#fail(`“${node.text}” is not a constant expression.`, node);
    }
  }

  /** `size_of::<T>()` and `align_of::<T>()`. */
  #measured(node: Node): Value {
    const called = node.childForFieldName('function');
    const name = /\b(size_of|align_of)\s*::/.exec(called?.text ?? '')?.[1];
    const argument = called?.childForFieldName('type_arguments')?.namedChild(0);
    if (!name || !argument) return this.#fail(`“${node.text}” is not a constant expression.`, node);
    const type = this.#type(argument, 0);
    return intOf(BigInt(name === 'size_of' ? this.#layouts.sizeOf(type) : this.#layouts.alignOf(type)), WIDE);
  }

  #constant(name: string, node: Node): Value {
    const item = this.#items.get(name);
    const value = item?.kind === 'const' ? item.node.childForFieldName('value') : null;
    if (!value || this.#open.has(name)) return this.#fail(`“${name}” is not a known constant.`, node);
    this.#open.add(name);
    try {
      return this.#value(value, 0);
    } finally {
      this.#open.delete(name);
    }
  }

  #fail(message: string, node: Node): never {
    throw new SourceFault(message, placeOf({ node, file: this.#file }));
  }
}

export const placeOf = ({ node, file }: Pick<Item, 'node' | 'file'>): Place => ({
  file,
  line: node.startPosition.row + 1,
  column: node.startPosition.column + 1,
});

/** Lifetimes don't change the layout. */
const isGeneric = (node: Node): boolean =>
  node.childForFieldName('type_parameters')?.namedChildren.some((one) => one && !/lifetime/.test(one.type)) ?? false;
