import { place } from '../place.ts';
import { type Cell, cellOf, HexMistake } from './mistake.ts';

const STRING = /\s*([a-z]{0,2})(["'`])((?:\\[\s\S]|(?!\2)[^\\])*)\2/iy;
/** What may be between two strings that form one. */
const BETWEEN = /[\s+]*/y;
const ESCAPES: Readonly<Record<string, number>> = {
  ...{ '0': 0, a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 },
  ...{ '"': 0x22, "'": 0x27, '\\': 0x5c },
};

/**
 * `"\xde\xad"`, `"dead"`, `h'dead'` (CBOR), `x'dead'` (SQL), and the byte strings of Rust and Python, in which
 * characters stand for themselves. `readHex` reads a part of the content. Throws {@link HexMistake}.
 */
export function readByteStrings(text: string, content: string, readHex: (from: number, to: number) => Cell[]): Cell[] {
  const cells: Cell[] = [];
  for (let at = 0; ; ) {
    STRING.lastIndex = at;
    const [whole, prefix = '', quote = '', inner = ''] = STRING.exec(content) ?? [];
    if (whole === undefined) throw noString(text, content, at);
    const from = at + whole.length - inner.length - quote.length;
    if (prefix === '' || /^[hx]$/i.test(prefix)) {
      for (const cell of readHex(from, from + inner.length)) cells.push(cell);
    } else if (/^b$/i.test(prefix)) for (const cell of readCharacters(text, inner, from)) cells.push(cell);
    else
      throw new HexMistake(
        at,
        `A string that begins with ${prefix} at ${place(text, at)} is not supported. Write its bytes as hex.`,
      );
    BETWEEN.lastIndex = at + whole.length;
    BETWEEN.exec(content);
    at = BETWEEN.lastIndex;
    if (at === content.length) return cells;
  }
}

function noString(text: string, content: string, at: number): HexMistake {
  const start = at + Math.max(0, content.slice(at).search(/\S/));
  return new HexMistake(
    start,
    `The string at ${place(text, start)} isn't terminated or is followed by something else.`,
  );
}

function readCharacters(text: string, inner: string, from: number): Cell[] {
  if (/^(?:[0-9a-f]{2})+$/i.test(inner))
    throw new HexMistake(
      from,
      `What begins at ${place(text, from)} could be hex or plain characters. For hex, remove the b and the quotes.`,
    );
  const cells: Cell[] = [];
  for (let at = 0; at < inner.length; at += 1) {
    const cell = inner[at] === '\\' ? escaped(inner, at) : { value: inner.charCodeAt(at), mask: 0xff };
    if (!cell || cell.value > 0xff || (inner[at] !== '\\' && cell.value > 0x7e))
      throw new HexMistake(from + at, `The text at ${place(text, from + at)} isn't a byte in such a string.`);
    cells.push({ value: cell.value, mask: 0xff });
    if (inner[at] === '\\') at += inner[at + 1] === 'x' ? 3 : 1;
  }
  return cells;
}

function escaped(inner: string, at: number): Cell | undefined {
  const letter = inner[at + 1] ?? '';
  if (letter === 'x') {
    const cell = cellOf(inner, at + 2);
    return cell?.mask === 0xff ? cell : undefined;
  }
  const value = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
  return value === undefined ? undefined : { value, mask: 0xff };
}
