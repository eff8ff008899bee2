import { Random } from './random.testing.ts';

/** Random declarations of C, and what to ask a compiler about them. */

export interface Sample {
  readonly type: string;
  /** Declares it and what it needs. */
  readonly text: string;
  /** Paths that `offsetof` takes. */
  readonly paths: readonly string[];
  /** Paths of bitfields. */
  readonly bits: readonly string[];
}

/** Bits at least, so that every width can be drawn. `long` has 32 somewhere. */
const INTEGERS: readonly (readonly [string, number])[] = [
  ['char', 8],
  ['signed char', 8],
  ['unsigned char', 8],
  ['short', 16],
  ['unsigned short', 16],
  ['int', 32],
  ['unsigned int', 32],
  ['long', 32],
  ['unsigned long', 32],
  ['long long', 64],
  ['unsigned long long', 64],
  ['int8_t', 8],
  ['uint16_t', 16],
  ['int32_t', 32],
  ['uint64_t', 64],
  ['size_t', 32],
  ['wchar_t', 16],
  ['bool', 1],
];
const OTHERS = ['float', 'double', 'long double', 'void *', 'char *', 'intptr_t', 'ptrdiff_t', 'struct unseen *'];
const POWERS = [1, 2, 4, 8, 16];

interface Body {
  readonly text: string;
  readonly paths: readonly string[];
  readonly bits: readonly string[];
}

export class Declarer {
  readonly #random: Random;
  #names = 0;
  /** Declared before, for nesting: those without a flexible array. */
  #structs: { readonly type: string; readonly paths: readonly string[]; readonly bits: readonly string[] }[] = [];
  #enums: string[] = [];
  #aligned: string[] = [];

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  samples(count: number): Sample[] {
    return Array.from({ length: count }, () => this.#sample());
  }

  #sample(): Sample {
    const random = this.#random;
    const extra = [
      ...(random.chance(15) ? [this.#enum()] : []),
      ...(random.chance(10) ? [this.#alignedTypedef()] : []),
    ];
    const kind = random.chance(80) ? 'struct' : 'union';
    const tag = this.#name('s');
    const flexible = kind === 'struct' && random.chance(5);
    const body = this.#body(1 + random.below(8), 0, flexible);
    const pack = random.chance(25) ? random.of(POWERS) : 0;
    const attributes = this.#attributes();
    const front = random.chance(50);
    const head = `${kind} ${front ? attributes : ''}${tag} {\n${body.text}}${front ? '' : ` ${attributes}`}`;
    const asTypedef = random.chance(30);
    const type = asTypedef ? `${tag}_t` : `${kind} ${tag}`;
    const text = `${asTypedef ? 'typedef ' : ''}${head}${asTypedef ? ` ${type}` : ''};\n`;
    if (!flexible) this.#structs.push({ type, paths: body.paths, bits: body.bits });
    if (this.#structs.length > 40) this.#structs.shift();
    const packed = pack ? `#pragma pack(push, ${pack})\n${text}#pragma pack(pop)\n` : text;
    return { type, text: extra.join('') + packed, paths: body.paths, bits: body.bits };
  }

  #attributes(): string {
    const random = this.#random;
    const words = [
      ...(random.chance(15) ? ['packed'] : []),
      ...(random.chance(10) ? [`aligned(${random.of(POWERS)})`] : []),
    ];
    return words.length > 0 ? `__attribute__((${words.join(', ')})) ` : '';
  }

  #body(count: number, depth: number, flexible = false): Body {
    const members = Array.from({ length: count }, () => this.#member(depth));
    if (flexible) {
      const [first, last] = [this.#name('m'), this.#name('m')];
      const type = this.#random.of(INTEGERS)[0];
      members.push({ text: `int ${first};\n${type} ${last}[];\n`, paths: [first, last], bits: [] });
    }
    // One named member, so that there is something to lay out.
    const name = this.#name('m');
    if (members.every(({ paths, bits }) => paths.length + bits.length === 0)) {
      members.push({ text: `char ${name};\n`, paths: [name], bits: [] });
    }
    return {
      text: members.map(({ text }) => text).join(''),
      paths: members.flatMap(({ paths }) => paths),
      bits: members.flatMap(({ bits }) => bits),
    };
  }

  #member(depth: number): Body {
    const random = this.#random;
    const draw = random.below(100);
    if (draw < 40) return this.#bitfield();
    if (draw < 50 && depth < 2) return this.#inner(depth);
    if (draw < 60 && this.#structs.length > 0) return this.#nested();
    return this.#plain();
  }

  #bitfield(): Body {
    const random = this.#random;
    const [type, most] =
      random.chance(10) && this.#enums.length > 0 ? [random.of(this.#enums), 32] : random.of(INTEGERS);
    if (random.chance(15))
      return { text: `${type} : ${random.of([0, 0, 1 + random.below(most)])};\n`, paths: [], bits: [] };
    const name = this.#name('b');
    const width = random.chance(15) ? most : 1 + random.below(most);
    return { text: `${type} ${name} : ${width}${this.#demand(8)};\n`, paths: [], bits: [name] };
  }

  #demand(percent: number): string {
    const random = this.#random;
    if (!random.chance(percent)) return '';
    return random.chance(70) ? ` __attribute__((aligned(${random.of(POWERS)})))` : ' __attribute__((packed))';
  }

  #plain(): Body {
    const random = this.#random;
    const name = this.#name('m');
    if (random.chance(4)) return { text: `int (*${name})(int, char *);\n`, paths: [name], bits: [] };
    if (random.chance(4) && this.#aligned.length > 0) {
      return { text: `${random.of(this.#aligned)} ${name};\n`, paths: [name], bits: [] };
    }
    const types = random.chance(8) && this.#enums.length > 0 ? this.#enums : random.chance(35) ? OTHERS : undefined;
    const type = types ? random.of(types) : random.of(INTEGERS)[0];
    const alignas = random.chance(3) ? '_Alignas(16) ' : '';
    const dimensions = random.chance(25) ? this.#dimensions() : '';
    return { text: `${alignas}${type} ${name}${dimensions}${this.#demand(10)};\n`, paths: [name], bits: [] };
  }

  #dimensions(): string {
    const random = this.#random;
    const size = () => random.of(['1', '2', '3', '5', '7', 'sizeof(long)', 'sizeof(void *) - 1', '(1 << 2) | 1']);
    return `[${size()}]${random.chance(25) ? `[${size()}]` : ''}`;
  }

  /** A struct or union declared in place, with or without a name. */
  #inner(depth: number): Body {
    const random = this.#random;
    const body = this.#body(1 + random.below(4), depth + 1);
    const head = `${random.chance(60) ? 'struct' : 'union'} ${this.#attributes()}{\n${body.text}}`;
    if (random.chance(40)) return { ...body, text: `${head};\n` };
    const name = this.#name('m');
    return { text: `${head} ${name}${this.#demand(10)};\n`, ...within(name, body) };
  }

  #nested(): Body {
    const random = this.#random;
    const name = this.#name('m');
    const inner = random.of(this.#structs);
    if (random.chance(20)) return { text: `${inner.type} ${name}[${1 + random.below(3)}];\n`, paths: [name], bits: [] };
    return { text: `${inner.type} ${name}${this.#demand(10)};\n`, ...within(name, inner) };
  }

  #enum(): string {
    const random = this.#random;
    const tag = this.#name('e');
    this.#enums.push(`enum ${tag}`);
    const value = () => random.of(['0', '5', '-3', '0x7fffffff', "'A'", 'sizeof(int)', '1 << 20']);
    const names = Array.from(
      { length: 1 + random.below(4) },
      () => `${this.#name('E')}${random.chance(60) ? ` = ${value()}` : ''}`,
    );
    // A value beyond the largest `int` would change its size.
    const text = names.map((name, index) =>
      names[index - 1]?.includes('0x7') && !name.includes('=') ? `${name} = 1` : name,
    );
    return `enum ${tag} { ${text.join(', ')} }${random.chance(15) ? ' __attribute__((packed))' : ''};\n`.replace(
      /^(enum \w+) (.*) __attribute__\(\(packed\)\);/,
      (_, head, rest) => {
        this.#enums.pop();
        return `${head} ${rest} __attribute__((packed));`;
      },
    );
  }

  #alignedTypedef(): string {
    const name = this.#name('a');
    this.#aligned.push(name);
    return `typedef ${this.#random.of(INTEGERS)[0]} ${name} __attribute__((aligned(${this.#random.of(POWERS)})));\n`;
  }

  #name(prefix: string): string {
    return `${prefix}${this.#names++}`;
  }
}

const within = (name: string, { paths, bits }: Omit<Body, 'text'>): Omit<Body, 'text'> => ({
  paths: [name, ...paths.map((path) => `${name}.${path}`)],
  bits: bits.map((path) => `${name}.${path}`),
});
