import type { Layouts } from '../../../shared/types/layout/layouts.ts';
import { LIMITS } from '../../../shared/types/limits.ts';
import {
  type DeclaredType,
  type EnumValue,
  keyOf,
  type Library,
  type Member,
  openEnded,
  type StructType,
  type TypeRef,
  typeText,
} from '../../../shared/types/model.ts';
import { isScalar, scalarOf } from '../../../shared/types/scalars.ts';
import type { Node } from '../grammar.ts';
import { type Attributes, attributesOf, joinedWith } from './attributes.ts';
import { UNDERLYING, UNNAMED } from './form.ts';
import { knownStruct } from './known-structs.ts';
import { sizeWithMinGw } from './min-gw.ts';
import { intOf, type Value } from './value.ts';
import { arithmeticName } from './words.ts';

interface Surroundings {
  readonly types: Library['types'];
  readonly layouts: Layouts;
  readonly value: (node: Node) => Value;
  /** What a `sizeof` asks about. */
  readonly typeIn: (node: Node) => TypeRef;
  readonly fail: (message: string, node: Node) => never;
  readonly warn: (message: string, node: Node) => void;
  readonly packAt: (node: Node) => number;
  readonly declare: (key: string, type: DeclaredType, node: Node) => void;
  /** Declares what the system's headers would; false: they have no such struct. */
  readonly declareKnown: (key: string) => boolean;
  readonly constant: (name: string, value: Value) => void;
}

/** A type, or a function's, which can only be pointed at. */
type Declared = TypeRef | 'function';
interface Declarator {
  readonly name: string | undefined;
  readonly type: Declared;
}

const SPECIFIERS = new Set(['struct_specifier', 'union_specifier', 'enum_specifier']);
const DECLARATOR = /(_declarator|identifier)$/;
const ASSERTION = '__static_assert';

/** Turns nodes of the grammar into types. */
export class TypeReader {
  readonly #with: Surroundings;
  #anonymous = 0;
  /** Those whose members are being read. */
  readonly #open = new Set<string>();

  constructor(surroundings: Surroundings) {
    this.#with = surroundings;
  }

  /** A declaration at the top of a file. Variables and functions are ignored. */
  declaration(node: Node): void {
    const outer = [...this.#open];
    this.#open.clear();
    this.#declaration(node);
    for (const key of outer) this.#open.add(key);
  }

  #declaration(node: Node): void {
    if (SPECIFIERS.has(node.type)) this.#specifier(node);
    else if (node.type === 'type_definition') this.#typedef(node);
    else if (node.type === 'declaration') {
      const type = node.childForFieldName('type');
      if (type && SPECIFIERS.has(type.type) && type.childForFieldName('body')) this.#defined(node, type);
      if (node.children.some((child) => child?.text === 'const')) this.#constant(node);
    }
  }

  /** A type and perhaps a variable of it, which in a header is more likely a macro. */
  #defined(node: Node, type: Node): void {
    const variable = node.childrenForFieldName('declarator').find((one) => one && /pack|align/i.test(one.text));
    if (variable) this.#with.fail(macroMissing(variable.text), variable);
    this.#specifier(type);
  }

  /** A type in an expression: `struct s *`, `int[3]`. */
  descriptor(node: Node): TypeRef {
    if (node.type !== 'type_descriptor') return this.#specifier(node);
    const base = this.#specifier(this.#typeNode(node));
    const declarator = node.childForFieldName('declarator');
    return declarator ? this.#sized(this.#declared(declarator, base).type, node) : base;
  }

  named(name: string): TypeRef | undefined {
    const key = keyOf(this.#with.types, name);
    if (key) return { kind: 'named', name: key };
    return isScalar(name) ? { kind: 'scalar', name } : undefined;
  }

  #typedef(node: Node): void {
    const base = this.#specifier(this.#typeNode(node));
    for (const declarator of node.childrenForFieldName('declarator')) {
      if (!declarator) continue;
      const { packed, align } = this.#attributes([...before(node), ...behind(declarator)]);
      if (packed)
        this.#with.warn('Compilers ignore “packed” here: write it before the name of the struct.', declarator);
      const { name, type } = this.#declared(declarator, base);
      if (!name) continue;
      if (type === 'function') continue;
      this.#with.declare(name, { kind: 'typedef', of: type, ...(align && { align }) }, declarator);
    }
  }

  /** `const int N = 4;` may be an array's size in C++. */
  #constant(node: Node): void {
    for (const declarator of node.childrenForFieldName('declarator')) {
      const value = declarator?.type === 'init_declarator' ? declarator.childForFieldName('value') : undefined;
      const name = declarator?.childForFieldName('declarator');
      if (!value || name?.type !== 'identifier' || /string|list|compound/.test(value.type)) continue;
      try {
        this.#with.constant(name.text, this.#with.value(value));
      } catch {
        // Whatever needs it reports that it is unknown.
      }
    }
  }

  #typeNode(node: Node): Node {
    const type = node.childForFieldName('type') ?? this.#with.fail('A type is missing.', node);
    const atomic = node.children.find((child) => child?.text === '_Atomic');
    if (atomic) this.#with.fail('_Atomic is not read: its layout is the compiler’s own.', atomic);
    return type;
  }

  /** A type without its declarator. */
  #specifier(node: Node): TypeRef {
    switch (node.type) {
      case 'primitive_type':
      case 'type_identifier':
      case 'identifier':
        return this.#word(node);
      case 'sized_type_specifier': {
        const words = node.text.split(/\s+/);
        const name = arithmeticName(words) ?? this.#with.fail(`“${node.text}” is not a type.`, node);
        return this.#scalar(name, node);
      }
      case 'struct_specifier':
      case 'union_specifier':
        return this.#struct(node);
      case 'enum_specifier':
        return this.#enum(node);
      default:
        return this.#with.fail(`“${node.text}” is not a known type.`, node);
    }
  }

  #word(node: Node): TypeRef {
    const { text } = node;
    if (text === 'void') return { kind: 'named', name: 'void' };
    if (text === 'signed' || text === 'unsigned') return this.#scalar(arithmeticName([text]) as string, node);
    const found = this.named(text) ?? this.#known(text) ?? this.#with.fail(unknownType(text), node);
    return found.kind === 'scalar' ? this.#scalar(found.name, node) : found;
  }

  /** `POINT`, and pointers to something known: `LPPOINT`, `PGUID`. */
  #known(name: string): TypeRef | undefined {
    if (this.#with.declareKnown(name)) return { kind: 'named', name };
    const target = /^L?PC?([A-Z][A-Z\d_]+)$/.exec(name)?.[1] ?? '';
    return isScalar(target) || knownStruct(target) ? { kind: 'pointer', to: target } : undefined;
  }

  #scalar(name: string, node: Node): TypeRef {
    const { abi } = this.#with.layouts;
    if (!scalarOf(name, abi)) this.#with.fail(`${abi.label} has no type “${name}”.`, node);
    const size = sizeWithMinGw(name, abi);
    if (size !== undefined)
      this.#with.warn(`“${name}” has ${size} bytes with MinGW, as read here, and 8 with Microsoft’s compiler.`, node);
    return { kind: 'scalar', name };
  }

  #struct(node: Node): TypeRef {
    const kind = node.type === 'struct_specifier' ? 'struct' : 'union';
    const body = node.childForFieldName('body');
    const tag = node.childForFieldName('name')?.text;
    if (!body) return { kind: 'named', name: `${kind} ${tag}` };
    if (tag && /(^|_)(PACK|PACKED|ALIGNED)_*$/.test(tag)) this.#with.fail(macroMissing(tag), node);
    const key = `${kind} ${tag ?? `{${++this.#anonymous}}`}`;
    const { packed, align, bitfields } = this.#attributes(node.children);
    const pack = this.#with.packAt(body);
    this.#open.add(key);
    const members = openEnded(
      body.namedChildren.flatMap((child) => (child ? this.#members(child) : [])),
      kind,
    );
    this.#open.delete(key);
    if (isAssertion(members)) return { kind: 'named', name: key };
    this.#checkMembers(members, kind, body);
    const type: StructType = {
      kind,
      members,
      ...(pack > 0 && { pack }),
      ...(packed && { packed }),
      ...(align && { align }),
      ...(bitfields && { bitfields }),
      ...(tag === undefined && { anonymous: true }),
    };
    this.#with.declare(key, type, node);
    return { kind: 'named', name: key };
  }

  #checkMembers(members: readonly Member[], kind: StructType['kind'], body: Node): void {
    if (members.length > LIMITS.fields) this.#with.fail(`More than ${LIMITS.fields} members.`, body);
    const seen = new Set<string>();
    for (const name of this.#names(members)) {
      if (seen.has(name)) this.#with.fail(`There are two members “${name}”.`, body);
      seen.add(name);
    }
    for (const [index, { name, type }] of members.entries()) {
      const flexible = type.kind === 'array' && type.count === null;
      if (flexible && (kind === 'union' || index !== members.length - 1 || index === 0)) {
        this.#with.fail(`“${name}” has no size: only the last of several members of a struct can be like that.`, body);
      }
    }
  }

  /** Including those of anonymous members. */
  #names(members: readonly Member[]): string[] {
    return members.flatMap(({ name, type, bits }) => {
      if (name !== undefined) return name;
      const inner = bits === undefined && type.kind === 'named' ? this.#with.types.get(type.name) : undefined;
      return inner && 'members' in inner ? this.#names(inner.members) : [];
    });
  }

  #members(node: Node): Member[] {
    if (node.type !== 'field_declaration') {
      if (/^(comment|attribute_declaration|preproc)/.test(node.type)) return [];
      return this.#with.fail(`“${node.text.slice(0, 40)}” is not a member of a C struct.`, node);
    }
    // C++: there is one of it, outside.
    if (node.children.some((child) => child?.text === 'static')) return [];
    const typeNode = this.#typeNode(node);
    const base = this.#specifier(typeNode);
    const declarators = node.childrenForFieldName('declarator').filter((one) => one !== null);
    const shared = this.#attributes(before(node));
    if (declarators.length === 0) return this.#unnamed(base, typeNode, shared);
    return declarators.map((declarator) => this.#member(declarator, base, shared));
  }

  #member(node: Node, base: TypeRef, shared: Attributes): Member {
    const unnamed = node.isMissing || node.text === UNNAMED;
    const { name, type } = unnamed ? { name: undefined, type: base } : this.#declared(node, base);
    const { packed, align } = joinedWith(shared, this.#attributes(behind(node)));
    const clause = node.nextSibling?.type === 'bitfield_clause' ? node.nextSibling.namedChild(0) : undefined;
    if (name === ASSERTION) this.#assert(node);
    const member = { type: this.#sized(type, node), ...(packed && { packed }), ...(align && { align }) };
    if (!clause) return { ...(name && { name }), ...member };
    return { ...(name && { name }), ...member, bits: this.#width(clause, member.type, name) };
  }

  #width(node: Node, type: TypeRef, name: string | undefined): number {
    const bits = Number(this.#with.value(node).value);
    const size = this.#with.layouts.sizeOf(type) * 8;
    const most = isBool(type) ? 1 : size;
    if (type.kind === 'array' || type.kind === 'pointer') this.#with.fail('Only integers have bitfields.', node);
    if (bits < 0 || bits > most) this.#with.fail(`${typeText(type)} has ${most} bits; ${bits} are asked for.`, node);
    if (bits === 0 && name) this.#with.fail(`“${name}” has a width of 0: only bits without a name can.`, node);
    return bits;
  }

  /** An anonymous struct or union; any other declaration without a name declares no member. */
  #unnamed(base: TypeRef, node: Node, { align, packed }: Attributes): Member[] {
    const type = base.kind === 'named' ? this.#with.types.get(base.name) : undefined;
    // A checked assertion, which leaves no type.
    if (!type && /^struct \{/.test(node.text) && node.text.includes(ASSERTION)) return [];
    if (node.type === 'enum_specifier') return [];
    if ((type?.kind === 'struct' || type?.kind === 'union') && type.anonymous) {
      return [{ type: base, ...(align && { align }), ...(packed && { packed }) }];
    }
    return this.#with.fail(`“${typeText(base)}” needs a name to be a member.`, node);
  }

  #enum(node: Node): TypeRef {
    const body = node.childForFieldName('body');
    const tag = node.childForFieldName('name')?.text;
    if (!body) return { kind: 'named', name: `enum ${tag}` };
    const key = `enum ${tag ?? `{${++this.#anonymous}}`}`;
    const values: EnumValue[] = [];
    let next = 0n;
    for (const one of body.namedChildren) {
      if (one?.type !== 'enumerator') continue;
      const name = one.childForFieldName('name')?.text ?? '';
      const given = one.childForFieldName('value');
      const value = given ? this.#with.value(given) : intOf(next, next > 0x7fff_ffffn ? 64 : 32);
      values.push({ name, value: value.value });
      this.#with.constant(name, value);
      next = value.value + 1n;
    }
    const { packed } = this.#attributes(node.children);
    const given = this.#underlying(node);
    const base = given?.kind === 'scalar' ? given.name : enumBase(values, packed ?? false);
    this.#with.declare(key, { kind: 'enum', values, base, ...(tag === undefined && { anonymous: true }) }, node);
    return { kind: 'named', name: key };
  }

  #underlying(node: Node): TypeRef | undefined {
    const calls = node.children.filter((one) => one?.type === 'attribute_specifier');
    const found = calls
      .flatMap((one) => one?.descendantsOfType('call_expression') ?? [])
      .find((one) => one?.childForFieldName('function')?.text === UNDERLYING);
    const size = found?.childForFieldName('arguments')?.namedChild(0);
    return size ? this.#with.typeIn(size) : undefined;
  }

  /** What a declarator makes of its type, from the outside in. */
  #declared(node: Node, type: Declared): Declarator {
    const inner = node.childForFieldName('declarator');
    const onwards = (made: Declared): Declarator =>
      inner ? this.#declared(inner, made) : { name: undefined, type: made };
    switch (node.type) {
      case 'field_identifier':
      case 'type_identifier':
      case 'identifier':
      case 'primitive_type':
        return { name: node.text, type };
      case 'pointer_declarator':
      case 'abstract_pointer_declarator':
        return onwards({ kind: 'pointer', to: type === 'function' ? 'function' : typeText(type) });
      case 'array_declarator':
      case 'abstract_array_declarator':
        if (type !== 'function' && type.kind === 'array' && type.count === null)
          this.#with.fail('Only the first dimension of an array can be left open.', node);
        return onwards({ kind: 'array', of: this.#sized(type, node), count: this.#count(node) });
      case 'function_declarator':
      case 'abstract_function_declarator':
        return onwards('function');
      case 'parenthesized_declarator':
      case 'abstract_parenthesized_declarator':
      case 'attributed_declarator': {
        const child = inner ?? node.namedChildren.find((one) => one && DECLARATOR.test(one.type));
        return child ? this.#declared(child, type) : { name: undefined, type };
      }
      default:
        return this.#with.fail(`“${node.text}” can't be declared here.`, node);
    }
  }

  #count(node: Node): number | null {
    const size = node.childForFieldName('size');
    if (!size) return null;
    const count = this.#with.value(size).value;
    if (count < 0n) this.#with.fail(`An array can't have ${count} elements.`, size);
    if (count > BigInt(LIMITS.typeSize))
      this.#with.fail(`An array of ${count} elements is larger than any message.`, size);
    return Number(count);
  }

  /** A type that a value can have. */
  #sized(type: Declared, node: Node): TypeRef {
    if (type === 'function') return this.#with.fail('A function can’t be a member; a pointer to one can.', node);
    const element = innermost(type);
    if (element.kind !== 'named') return type;
    if (element.name === 'void') return this.#with.fail('A member can’t be void.', node);
    if (this.#open.has(element.name)) {
      return this.#with.fail(`“${element.name}” contains itself: only a pointer to it can be a member.`, node);
    }
    if (!this.#with.types.has(element.name) && !this.#with.declareKnown(element.name)) {
      return this.#with.fail(`“${element.name}” is not declared, or only by its name: its members are missing.`, node);
    }
    return type;
  }

  #assert(declarator: Node): void {
    const list = behind(declarator).flatMap((one) => one.descendantsOfType('argument_list'))[1];
    const [condition, message] = list?.namedChildren ?? [];
    if (!condition || this.#with.value(condition).value !== 0n) return;
    const { abi } = this.#with.layouts;
    this.#with.fail(
      `_Static_assert does not hold for ${abi.label}: ${condition.text}${message ? ` (${message.text})` : ''}.`,
      condition,
    );
  }

  #attributes(nodes: readonly (Node | null)[]): Attributes {
    return attributesOf(
      nodes.filter((node) => node !== null),
      {
        value: (node) => this.#with.value(node).value,
        alignOf: (node) => this.#with.layouts.alignOf(this.descriptor(node)),
        fail: this.#with.fail,
      },
    );
  }
}

const macroMissing = (name: string) =>
  `“${name}” would be a name here. It is more likely a macro that packs or aligns: add the file that defines it.`;

const unknownType = (name: string) =>
  name === 'TCHAR'
    ? `“${name}” is WCHAR in programs that are built with UNICODE, else CHAR: write the one you mean.`
    : notDeclared(name);
const notDeclared = (name: string) =>
  `The type “${name}” is not declared. Add the file that declares it, or give its folder with --include DIR.`;

const isAssertion = (members: readonly Member[]) => members.length === 1 && members[0]?.name === ASSERTION;
const isBool = (type: TypeRef) => type.kind === 'scalar' && /^(bool|_Bool)$/.test(type.name);
const innermost = (type: TypeRef): TypeRef => (type.kind === 'array' ? innermost(type.of) : type);

/** The children of a declaration before its first declarator. */
function before(node: Node): Node[] {
  const first = node.childForFieldName('declarator');
  return node.children.filter((child) => child !== null && (!first || child.startIndex < first.startIndex)) as Node[];
}

/** What follows a declarator, up to the next one. */
function behind(node: Node): Node[] {
  const found: Node[] = [];
  for (let next = node.nextSibling; next && next.type !== ','; next = next.nextSibling) found.push(next);
  return found;
}

/** As GCC chooses it. */
function enumBase(values: readonly EnumValue[], packed: boolean): string {
  const all = values.map(({ value }) => value);
  const negative = all.some((value) => value < 0n);
  const fits = (bits: bigint) =>
    all.every((value) => (negative ? value >= -(1n << (bits - 1n)) && value < 1n << (bits - 1n) : value < 1n << bits));
  const names = negative
    ? (['signed char', 'short', 'int', 'long long'] as const)
    : (['unsigned char', 'unsigned short', 'unsigned int', 'unsigned long long'] as const);
  const widths = [8n, 16n, 32n, 64n];
  return names.find((_, index) => (packed || index >= 2) && fits(widths[index] as bigint)) ?? names[3];
}
