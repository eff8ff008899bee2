import { ABIS, type Abi } from '../abi.ts';
import { LIMITS, TypeFault } from '../limits.ts';
import { type DeclaredType, type Library, type StructType, type TypeRef, typeText } from '../model.ts';
import { scalarOf } from '../scalars.ts';
import { type Measured, type Placed, place } from './place.ts';

export interface StructLayout {
  /** Bytes. */
  readonly size: number;
  readonly align: number;
  readonly members: readonly Placed[];
}

/**
 * Where everything is in the types of a library, in bytes. Throws {@link TypeFault} for what has no layout: an
 * undeclared type, one that contains itself, one larger than any message.
 */
export class Layouts {
  readonly abi: Abi;
  readonly types: Library['types'];
  readonly #structs = new Map<StructType, StructLayout>();
  readonly #open = new Set<StructType>();

  constructor({ abi, types }: Library) {
    this.abi = ABIS[abi];
    this.types = types;
  }

  /** A flexible array has size 0. */
  sizeOf(ref: TypeRef): number {
    return this.#measure(ref).size;
  }

  alignOf(ref: TypeRef): number {
    return this.#measure(ref).align;
  }

  declared(name: string): DeclaredType {
    const type = this.types.get(name);
    if (!type) throw new TypeFault(`“${name}” is not declared.`);
    return type;
  }

  struct(type: StructType): StructLayout {
    const known = this.#structs.get(type);
    if (known) return known;
    if (this.#open.has(type)) throw new TypeFault('The type contains itself: only a pointer to it can be a member.');
    if (this.#open.size >= LIMITS.depth) throw new TypeFault(`Types are nested more than ${LIMITS.depth} deep.`);
    this.#open.add(type);
    try {
      const layout = place(type, this.abi, (ref) => this.#measure(ref));
      if (layout.size > LIMITS.typeSize) throw new TypeFault(tooLarge(`This ${type.kind}`, layout.size));
      this.#structs.set(type, layout);
      return layout;
    } finally {
      this.#open.delete(type);
    }
  }

  #measure(ref: TypeRef): Measured {
    switch (ref.kind) {
      case 'scalar':
        return this.#scalar(ref.name);
      case 'pointer':
        return { size: this.abi.pointer, align: this.abi.pointer };
      case 'array': {
        const { size, align } = this.#measure(ref.of);
        const whole = size * (ref.count ?? 0);
        if (whole > LIMITS.typeSize) throw new TypeFault(tooLarge(`“${typeText(ref)}”`, whole));
        return { size: whole, align };
      }
      case 'named':
        return this.#named(ref.name);
    }
  }

  #scalar(name: string): Measured {
    const scalar = scalarOf(name, this.abi);
    if (!scalar) throw new TypeFault(`${this.abi.label} has no type “${name}”.`);
    return scalar;
  }

  #named(name: string): Measured {
    const type = this.declared(name);
    if (type.kind === 'enum') return this.#scalar(type.base);
    if (type.kind !== 'typedef') return this.struct(type);
    const measured = this.#measure(type.of);
    return { size: measured.size, align: type.align ?? measured.align };
  }
}

const tooLarge = (what: string, size: number) =>
  `${what} has ${size.toLocaleString('en')} bytes; the largest message has ${LIMITS.typeSize.toLocaleString('en')}.`;
