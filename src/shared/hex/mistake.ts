/** A byte, or its given part: `mask` has the given bits. */
export interface Cell {
  readonly value: number;
  readonly mask: number;
}

/** Why a text isn't hex, with an index in it. */
export class HexMistake extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

function digit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

const ANY = 0x3f;

/** The byte for two digits, `?` being any; undefined if they aren't digits. */
export function cellOf(text: string, at: number): Cell | undefined {
  let [value, mask] = [0, 0];
  for (const index of [at, at + 1]) {
    const code = text.charCodeAt(index);
    const nibble = code === ANY ? 0 : digit(code);
    if (!(nibble >= 0)) return undefined;
    value = value * 16 + nibble;
    mask = mask * 16 + (code === ANY ? 0 : 15);
  }
  return { value, mask };
}

/** The bytes of a run of digits, of which there is an even number. */
export function cellsOf(digits: string): Cell[] {
  return Array.from({ length: digits.length / 2 }, (_, i) => cellOf(digits, i * 2) as Cell);
}
