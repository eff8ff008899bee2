import type { Layouts } from '../../../shared/types/layout/layouts.ts';
import { LIMITS } from '../../../shared/types/limits.ts';
import { memberAt } from '../../../shared/types/member-at.ts';
import type { TypeRef } from '../../../shared/types/model.ts';
import type { Node } from '../grammar.ts';
import { calculated, characterOf, intOf, literalOf, type Value, wrapped } from './value.ts';

/** What an expression may name. */
export interface Names {
  readonly layouts: Layouts;
  readonly constant: (name: string) => Value | undefined;
  /** Of a `type_descriptor`; throws if it can't be read. */
  readonly typeOf: (node: Node) => TypeRef;
  /** Of a word, if it is a type. */
  readonly typeNamed: (name: string) => TypeRef | undefined;
  readonly fail: (message: string, node: Node) => never;
}

/** The value of a constant expression, as a compiler for the ABI would compute it. */
export class Evaluator {
  readonly #names: Names;
  readonly #long: number;
  #depth = 0;

  constructor(names: Names) {
    this.#names = names;
    this.#long = names.layouts.abi.long * 8;
  }

  value(node: Node): Value {
    if (++this.#depth > LIMITS.depth * 4) this.#names.fail('The expression is nested too deeply.', node);
    try {
      return this.#value(node);
    } finally {
      this.#depth--;
    }
  }

  #value(node: Node): Value {
    switch (node.type) {
      case 'number_literal':
        return this.#number(node);
      case 'char_literal':
        return intOf(characterOf(node.text) ?? this.#names.fail(`${node.text} is not a character.`, node));
      case 'true':
      case 'false':
        return intOf(node.type === 'true' ? 1n : 0n);
      case 'identifier':
        return this.#names.constant(node.text) ?? this.#names.fail(`“${node.text}” is not a known constant.`, node);
      case 'parenthesized_expression':
        return this.value(this.#child(node));
      case 'unary_expression':
        return this.#unary(node);
      case 'binary_expression':
        return this.#binary(node);
      case 'conditional_expression':
        return this.value(
          this.#field(node, this.#value(this.#field(node, 'condition')).value ? 'consequence' : 'alternative'),
        );
      case 'cast_expression':
        return this.#cast(this.#names.typeOf(this.#field(node, 'type')), this.#field(node, 'value'));
      case 'sizeof_expression':
        return this.#size(this.#names.layouts.sizeOf(this.typeIn(node)));
      case 'alignof_expression':
        return this.#size(this.#names.layouts.alignOf(this.typeIn(node)));
      case 'offsetof_expression':
        return this.#offset(this.#names.typeOf(this.#field(node, 'type')), this.#field(node, 'member'));
      default:
        return this.#names.fail(`“${node.text}” is not a constant expression.`, node);
    }
  }

  /** The grammar includes a sign. */
  #number(node: Node): Value {
    const [, sign, digits = ''] = /^([-+]?)\s*(.*)$/s.exec(node.text) ?? [];
    const value = literalOf(digits, this.#long) ?? this.#names.fail(`“${node.text}” is not a whole number.`, node);
    return sign === '-' ? wrapped({ ...value, value: -value.value }) : value;
  }

  #size(bytes: number): Value {
    return intOf(BigInt(bytes), this.#names.layouts.abi.pointer * 8, true);
  }

  #unary(node: Node): Value {
    const operand = this.value(this.#field(node, 'argument'));
    const wide = wrapped({ ...operand, bits: Math.max(32, operand.bits) });
    switch (this.#field(node, 'operator').text) {
      case '-':
        return wrapped({ ...wide, value: -wide.value });
      case '~':
        return wrapped({ ...wide, value: ~wide.value });
      case '!':
        return intOf(operand.value === 0n ? 1n : 0n);
      default:
        return wide;
    }
  }

  #binary(node: Node): Value {
    const [leftNode, rightNode] = [this.#field(node, 'left'), this.#field(node, 'right')];
    const operator = this.#field(node, 'operator').text;
    // Without knowing the types, `(DWORD)-1` reads as a subtraction.
    const cast = this.#typeInBrackets(leftNode);
    if (cast && operator === '-')
      return this.#castTo(cast, calculated('-', intOf(0n), this.value(rightNode)) as Value, node);
    const left = this.value(leftNode);
    if (operator === '&&' || operator === '||') {
      const decided = (left.value !== 0n) === (operator === '||');
      return intOf((decided ? left : this.value(rightNode)).value === 0n ? 0n : 1n);
    }
    const right = this.value(rightNode);
    return calculated(operator, left, right) ?? this.#names.fail(`“${node.text}” has no value.`, node);
  }

  #cast(type: TypeRef, operand: Node): Value {
    return this.#castTo(type, this.value(operand), operand);
  }

  #castTo(type: TypeRef, value: Value, node: Node): Value {
    if (type.kind === 'array') this.#names.fail('An array is not an integer.', node);
    const bits = this.#names.layouts.sizeOf(type) * 8;
    const name = type.kind === 'scalar' ? type.name : '';
    return wrapped({
      value: value.value,
      bits: Math.min(64, bits),
      unsigned: /unsigned|^u|^U|WORD|BYTE|_PTR/.test(name),
    });
  }

  /** What a `sizeof` or `_Alignof` asks about. */
  typeIn(node: Node): TypeRef {
    const type = node.childForFieldName('type');
    return type ? this.#names.typeOf(type) : this.#typeOfExpression(this.#field(node, 'value'));
  }

  /** The type of what an expression denotes: `(order)`, `((struct s *)0)->member`, `"text"`. */
  #typeOfExpression(node: Node): TypeRef {
    if (node.type === 'parenthesized_expression') return this.#typeOfExpression(this.#child(node));
    if (node.type === 'identifier') {
      const type = this.#names.typeNamed(node.text);
      if (type) return type;
    }
    if (node.type === 'string_literal') {
      return { kind: 'array', of: { kind: 'scalar', name: 'char' }, count: node.text.length - 1 };
    }
    if (node.type === 'cast_expression') return this.#names.typeOf(this.#field(node, 'type'));
    if (node.type === 'subscript_expression') {
      const array = this.#typeOfExpression(this.#field(node, 'argument'));
      if (array.kind === 'array') return array.of;
    }
    if (node.type === 'field_expression') {
      const owner = this.#pointedAt(this.#field(node, 'argument'));
      const found = owner && memberAt(this.#names.layouts, owner, this.#field(node, 'field').text);
      if (found) return found.type;
    }
    return this.#names.fail(`The size of “${node.text}” is unknown.`, node);
  }

  /** `((struct s *)0)`: what it points at. */
  #pointedAt(node: Node): TypeRef | undefined {
    if (node.type === 'parenthesized_expression') return this.#pointedAt(this.#child(node));
    if (node.type !== 'cast_expression') return this.#typeOfExpression(node);
    const type = this.#field(node, 'type').childForFieldName('type');
    return type ? this.#names.typeOf(type) : undefined;
  }

  #typeInBrackets(node: Node): TypeRef | undefined {
    if (node.type !== 'parenthesized_expression') return undefined;
    const inner = this.#child(node);
    if (inner.type !== 'identifier' || this.#names.constant(inner.text)) return undefined;
    return this.#names.typeNamed(inner.text);
  }

  #offset(type: TypeRef, member: Node): Value {
    const found = memberAt(this.#names.layouts, type, member.text);
    return this.#size(found ? found.bit / 8 : this.#names.fail(`It has no member “${member.text}”.`, member));
  }

  #child(node: Node): Node {
    return node.namedChild(0) ?? this.#names.fail('An expression is missing.', node);
  }

  #field(node: Node, name: string): Node {
    return node.childForFieldName(name) ?? this.#names.fail(`The ${name} is missing.`, node);
  }
}
