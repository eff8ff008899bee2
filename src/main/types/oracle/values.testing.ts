import { Random } from './random.testing.ts';

/** Random structs filled with random values, and what reading them must give. */

export type Expected = number | bigint | string | boolean | undefined;

export interface Filled {
  readonly type: string;
  readonly text: string;
  /** Without the braces. */
  readonly initializer: string;
  /** By path; undefined: not readable. */
  readonly values: ReadonlyMap<string, Expected>;
}

/** Bits, signed, in the narrowest of the ABIs; `wchar_t` and `char` stay within what all share. */
const INTEGERS: readonly (readonly [name: string, bits: number, signed: boolean])[] = [
  ['signed char', 8, true],
  ['unsigned char', 8, false],
  ['short', 16, true],
  ['unsigned short', 16, false],
  ['int', 32, true],
  ['unsigned int', 32, false],
  ['long', 32, true],
  ['unsigned long', 32, false],
  ['long long', 64, true],
  ['unsigned long long', 64, false],
  ['int64_t', 64, true],
  ['uint64_t', 64, false],
  ['size_t', 32, false],
];

export class Filler {
  readonly #random: Random;
  #names = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  samples(count: number): Filled[] {
    return Array.from({ length: count }, () => this.#sample());
  }

  #sample(): Filled {
    const random = this.#random;
    const tag = `v${this.#names++}`;
    const members = Array.from({ length: 1 + random.below(9) }, () => this.#member());
    const packed = random.chance(20) ? '__attribute__((packed)) ' : '';
    const pack = random.chance(20) ? random.of([1, 2, 4, 8]) : 0;
    const text = `struct ${packed}${tag} {\n${members.map((one) => one.text).join('')}};\n`;
    return {
      type: `struct ${tag}`,
      text: pack ? `#pragma pack(push, ${pack})\n${text}#pragma pack(pop)\n` : text,
      initializer: members.map((one) => one.initializer).join(', '),
      values: new Map(members.flatMap((one) => one.values)),
    };
  }

  #member(): { text: string; initializer: string; values: [string, Expected][] } {
    const random = this.#random;
    const name = `m${this.#names++}`;
    const draw = random.below(100);
    const one = (text: string, initializer: string, value: Expected) => ({
      text: `${text};\n`,
      initializer: `.${name} = ${initializer}`,
      values: [[name, value]] as [string, Expected][],
    });
    if (draw < 40) {
      const [type, bits, signed] = random.of(INTEGERS);
      const value = this.#integer(bits, signed);
      return one(`${type} ${name}`, literal(value), exact(value));
    }
    if (draw < 60) {
      const [type, bits, signed] = random.of(INTEGERS);
      const width = 1 + random.below(bits);
      const value = this.#integer(width, signed);
      return one(`${type} ${name} : ${width}`, literal(value), exact(value));
    }
    if (draw < 68) {
      const value = Math.fround(this.#double());
      return one(`float ${name}`, `${decimal(value)}f`, value);
    }
    if (draw < 76) {
      const value = this.#double();
      return one(`double ${name}`, decimal(value), value);
    }
    if (draw < 80) {
      const readable = random.chance(50);
      const value = this.#double();
      return one(`long double ${name}`, readable ? `${decimal(value)}` : '0.1L', readable ? value : undefined);
    }
    if (draw < 84) return one(`bool ${name}`, draw % 2 ? 'true' : 'false', draw % 2 === 1);
    if (draw < 92) {
      const text = Array.from({ length: random.below(7) }, () => random.of([...'abc XYZ09'])).join('');
      return one(`char ${name}[8]`, JSON.stringify(text), text);
    }
    const [type, bits, signed] = random.of(INTEGERS.filter(([, width]) => width > 8));
    const values = Array.from({ length: 3 }, () => this.#integer(bits, signed));
    return {
      text: `${type} ${name}[3];\n`,
      initializer: `.${name} = {${values.map(literal).join(', ')}}`,
      values: values.map((value, index) => [`${name}.[${index}]`, exact(value)]),
    };
  }

  #integer(bits: number, signed: boolean): bigint {
    const random = this.#random;
    let raw = 0n;
    for (let part = 0; part < 4; part++) raw = (raw << 16n) | BigInt(random.below(65536));
    const edge = random.chance(20) ? (random.chance(50) ? -1n : 1n << BigInt(bits - 1)) : raw;
    return signed ? BigInt.asIntN(bits, edge) : BigInt.asUintN(bits, edge);
  }

  #double(): number {
    const random = this.#random;
    const sign = random.chance(50) ? 1 : -1;
    return sign * ((random.below(2 ** 31) + random.below(2 ** 20) / 2 ** 20) * 2 ** (random.below(40) - 20));
  }
}

const exact = (value: bigint) =>
  BigInt(Number(value)) === value && Number.isSafeInteger(Number(value)) ? Number(value) : value;
const literal = (value: bigint) => (value < 0n ? `(-${-value - 1n}LL - 1)` : `${value}ULL`);
const decimal = (value: number) => value.toExponential(20).replace(/^-?\d+$/, '$&.0');
