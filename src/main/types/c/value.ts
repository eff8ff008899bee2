/** Integers with C's arithmetic. */
export interface Value {
  readonly value: bigint;
  readonly bits: number;
  readonly unsigned: boolean;
}

export const intOf = (value: bigint, bits = 32, unsigned = false): Value => wrapped({ value, bits, unsigned });

export const wrapped = ({ value, bits, unsigned }: Value): Value => ({
  value: unsigned ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value),
  bits,
  unsigned,
});

/** `0x10u`, `1'000`, `077ll`, `0b11`; undefined if it isn't an integer. `long`: bits of the type. */
export function literalOf(text: string, long: number): Value | undefined {
  const found = /^(0[xX][\da-fA-F]+|0[bB][01]+|\d+)([uUlLzZ]*|[uU]?i(?:8|16|32|64))$/.exec(text.replaceAll("'", ''));
  const [, digits = '', suffix = ''] = found ?? [];
  if (!found) return undefined;
  const octal = /^0\d+$/.test(digits);
  if (octal && /[89]/.test(digits)) return undefined;
  const value = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  const decimal = !/^0./.test(digits);
  const suffixed = /ll|i64/i.test(suffix) ? 64 : /l/i.test(suffix) ? long : 32;
  const unsigned = /u/i.test(suffix);
  const fits = (bits: number, signless: boolean) => value < 1n << BigInt(signless ? bits : bits - 1);
  for (const bits of suffixed === 32 ? [32, 64] : [64]) {
    if (!unsigned && fits(bits, false)) return { value, bits: Math.max(bits, suffixed), unsigned: false };
    if ((unsigned || !decimal) && fits(bits, true)) return { value, bits, unsigned: true };
  }
  return fits(64, true) ? { value, bits: 64, unsigned: true } : undefined;
}

const ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, 0: 0, a: 7, b: 8, f: 12, v: 11 };

/** `'a'`, `'\n'`, `'\x41'`, `'AB'` as a number (like GCC and Microsoft); undefined if it isn't one. */
export function characterOf(text: string): bigint | undefined {
  const body = /'(.*)'$/s.exec(text)?.[1];
  if (!body) return undefined;
  const codes = [...body.matchAll(/\\x([\da-fA-F]+)|\\([0-7]{1,3})|\\(.)|(.)/gsu)].map(
    ([, hex, octal, letter, plain]) => {
      if (hex) return Number.parseInt(hex, 16);
      if (octal) return Number.parseInt(octal, 8);
      if (letter) return ESCAPES[letter] ?? letter.charCodeAt(0);
      return plain?.codePointAt(0) ?? 0;
    },
  );
  if (codes.length === 1 && /^'/.test(text)) return BigInt.asIntN(8, BigInt(codes[0] as number));
  return codes.reduce((all, code) => all * 256n + BigInt(code), 0n);
}

type Operation = (a: bigint, b: bigint) => bigint;
const flag = (holds: boolean) => (holds ? 1n : 0n);
const ARITHMETIC: Readonly<Record<string, Operation>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
};
const COMPARISONS: Readonly<Record<string, Operation>> = {
  '==': (a, b) => flag(a === b),
  '!=': (a, b) => flag(a !== b),
  '<': (a, b) => flag(a < b),
  '>': (a, b) => flag(a > b),
  '<=': (a, b) => flag(a <= b),
  '>=': (a, b) => flag(a >= b),
};

/** Undefined if it isn't an integer operator, and for a division by zero. */
export function calculated(operator: string, a: Value, b: Value): Value | undefined {
  if (operator === '<<' || operator === '>>') {
    const by = b.value & 127n;
    if (b.value < 0n || by >= BigInt(a.bits)) return undefined;
    return wrapped({ ...a, value: operator === '<<' ? a.value << by : a.value >> by });
  }
  const bits = Math.max(32, a.bits, b.bits);
  const unsigned = [a, b].some((one) => one.unsigned && one.bits === bits);
  const [left, right] = [a, b].map(({ value }) => wrapped({ value, bits, unsigned }).value) as [bigint, bigint];
  const compares = COMPARISONS[operator];
  if (compares) return intOf(compares(left, right));
  const computes = ARITHMETIC[operator];
  if (!computes || ((operator === '/' || operator === '%') && right === 0n)) return undefined;
  return wrapped({ value: computes(left, right), bits, unsigned });
}
