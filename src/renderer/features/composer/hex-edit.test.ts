import { describe, expect, it } from 'vitest';
import { parseHex } from '../../../shared/hex/hex.ts';
import {
  asciiLines,
  type ByteRange,
  type HexState,
  hexLines,
  indexOfNibble,
  nibbleAt,
  putBytes,
  removeBytes,
  selectedBytes,
  type TypeMode,
  typeDigit,
} from './hex-edit.ts';

const at = (nibble: number): ByteRange => ({ from: nibble >> 1, to: nibble >> 1 });
const state = (hex: string, nibble: number): HexState => {
  const parsed = parseHex(hex);
  if (!parsed.ok) throw new Error(parsed.message);
  return { bytes: parsed.bytes, nibble };
};
const shown = ({ bytes, nibble }: HexState) => `${hexLines(bytes)} @${nibble}`;
const type = (start: HexState, digits: string, mode: TypeMode) =>
  [...digits].reduce((s, digit) => typeDigit(s, at(s.nibble), Number.parseInt(digit, 16), mode), start);

describe('the hex editor', () => {
  it('shows sixteen bytes a line, in hex and as characters', () => {
    const bytes = Uint8Array.from({ length: 17 }, (_, i) => 0x40 + i);
    expect(hexLines(bytes)).toBe('40 41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f\n50');
    expect(asciiLines(bytes)).toBe('@ABCDEFGHIJKLMNO\nP');
  });

  it('knows the digit at every place of its text, and back', () => {
    expect([0, 1, 2, 3, 4, 47, 48].map(nibbleAt)).toEqual([0, 1, 2, 2, 3, 32, 32]);
    expect([0, 1, 2, 3].map((nibble) => indexOfNibble(nibble, 2))).toEqual([0, 1, 3, 4]);
    expect(indexOfNibble(4, 2)).toBe(5);
    expect(indexOfNibble(0, 0)).toBe(0);
  });

  it('selects every byte that a selection touches', () => {
    expect(selectedBytes(0, 2, 3)).toEqual({ from: 0, to: 1 });
    expect(selectedBytes(0, 3, 3)).toEqual({ from: 0, to: 1 });
    expect(selectedBytes(1, 4, 3)).toEqual({ from: 0, to: 2 });
    expect(selectedBytes(2, 5, 3)).toEqual({ from: 1, to: 2 });
    expect(selectedBytes(0, 8, 3)).toEqual({ from: 0, to: 3 });
    expect(selectedBytes(4, 4, 3)).toEqual({ from: 1, to: 1 });
  });

  it('overwrites digit by digit, and appends at the end', () => {
    expect(shown(type(state('00 00', 0), 'de', 'overwrite'))).toBe('de 00 @2');
    expect(shown(type(state('12', 1), 'a', 'overwrite'))).toBe('1a @2');
    expect(shown(type(state('12', 2), 'ab', 'overwrite'))).toBe('12 ab @4');
  });

  it('inserts a byte with its first digit and completes it with the second', () => {
    expect(shown(type(state('11 22', 2), 'a', 'insert'))).toBe('11 a0 22 @3');
    expect(shown(type(state('11 22', 2), 'ab', 'insert'))).toBe('11 ab 22 @4');
    expect(shown(type(state('', 0), 'dead', 'insert'))).toBe('de ad @4');
  });

  it('replaces a selection when it inserts, and writes from its start when it overwrites', () => {
    const selected = { from: 0, to: 2 };
    expect(shown(typeDigit(state('11 22 33', 4), selected, 0xa, 'insert'))).toBe('a0 33 @1');
    expect(shown(typeDigit(state('11 22 33', 4), selected, 0xa, 'overwrite'))).toBe('a1 22 33 @1');
  });

  it('removes the byte before or at the caret, the one half typed, or the selection', () => {
    expect(shown(removeBytes(state('11 22', 2), at(2), -1))).toBe('22 @0');
    expect(shown(removeBytes(state('11 22', 2), at(2), 1))).toBe('11 @2');
    expect(shown(removeBytes(state('11 a0 22', 3), at(3), -1))).toBe('11 22 @2');
    expect(shown(removeBytes(state('11 22 33', 0), { from: 0, to: 2 }, -1))).toBe('33 @0');
    expect(shown(removeBytes(state('11', 0), at(0), -1))).toBe('11 @0');
    expect(shown(removeBytes(state('11', 2), at(2), 1))).toBe('11 @2');
  });

  it('puts pasted bytes in, or over as many as they are', () => {
    const bytes = Uint8Array.of(0xaa, 0xbb);
    expect(shown(putBytes(state('11 22 33', 2), at(2), bytes, 'insert'))).toBe('11 aa bb 22 33 @6');
    expect(shown(putBytes(state('11 22 33', 2), at(2), bytes, 'overwrite'))).toBe('11 aa bb @6');
    expect(shown(putBytes(state('11 22', 4), at(4), bytes, 'overwrite'))).toBe('11 22 aa bb @8');
    expect(shown(putBytes(state('11 22 33', 0), { from: 0, to: 3 }, bytes, 'insert'))).toBe('aa bb @4');
  });
});
