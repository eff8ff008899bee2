import { describe, expect, it } from 'vitest';
import { characterStart, decodeUtf8, encodeUtf8, utf8Length, utf8Runs } from './utf8.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('UTF-8', () => {
  it('tells text from bytes', () => {
    expect(decodeUtf8(encodeUtf8('größe ✓ 𝄞'))).toBe('größe ✓ 𝄞');
    expect(decodeUtf8(bytes(0x61, 0xff))).toBeNull();
    expect(decodeUtf8(bytes(0xed, 0xa0, 0x80))).toBeNull();
    expect(decodeUtf8(bytes())).toBe('');
  });

  it('keeps a byte order mark', () => {
    expect(decodeUtf8(bytes(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa');
  });

  it('forgives a cut last character only when the bytes were cut', () => {
    const cut = encodeUtf8('aß').subarray(0, 2);
    expect(decodeUtf8(cut)).toBeNull();
    expect(decodeUtf8(cut, true)).toBe('a');
    expect(decodeUtf8(bytes(0xff), true)).toBeNull();
  });

  it('counts bytes as the encoder does', () => {
    for (const text of ['', 'a', 'ß', '✓', '𝄞', 'a𝄞ß✓']) expect(utf8Length(text)).toBe(encodeUtf8(text).length);
  });

  it('shows each stray byte and keeps the text around it', () => {
    expect(utf8Runs(bytes(0x61, 0xff, 0x62, 0xe2, 0x9c, 0x93, 0xe2, 0x9c))).toEqual([
      { text: 'a' },
      { byte: 0xff },
      { text: 'b✓' },
      { byte: 0xe2 },
      { byte: 0x9c },
    ]);
  });

  it('loses no byte of random input', () => {
    const random = Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3) * 104729) & 0xff);
    const back = utf8Runs(random).flatMap((run) => ('byte' in run ? [run.byte] : [...encodeUtf8(run.text)]));
    expect(Uint8Array.from(back)).toEqual(random);
  });

  it('begins a slice at a whole character', () => {
    const text = encodeUtf8('✓a');
    expect([0, 1, 2, 3].map((at) => characterStart(text, at))).toEqual([0, 3, 3, 3]);
  });
});
