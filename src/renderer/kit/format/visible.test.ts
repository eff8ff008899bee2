import { describe, expect, it } from 'vitest';
import { visibleSegments, visibleText } from './visible.ts';

describe('visible text', () => {
  it('leaves plain text of any script alone', () => {
    for (const text of ['{"ok":true}', 'größe ✓', 'שלום', '日本語', '👍', '<b>inert</b>']) {
      expect(visibleSegments(text)).toEqual([{ text, escaped: false }]);
    }
  });

  it("escapes what can't be seen, shortly where C has a word for it", () => {
    expect(visibleText('a\0b\tc\nd\re\x1b[31m\x7f\x85')).toBe('a\\0b\\tc\\nd\\re\\x1b[31m\\x7f\\x85');
  });

  it('never lets a bidi control through', () => {
    for (const code of [
      0x61c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069,
    ]) {
      const shown = visibleText(`a${String.fromCodePoint(code)}b`);
      expect(shown).toBe(`a\\u{${code.toString(16).toUpperCase()}}b`);
    }
  });

  it('shows zero-width characters, joiners, marks, odd spaces and lone surrogates', () => {
    for (const code of [
      0xad, 0x200b, 0x200d, 0x2060, 0xfeff, 0xfe0f, 0xe0041, 0x2028, 0x2029, 0x3164, 0xa0, 0xd800, 0xe000,
    ]) {
      const shown = visibleText(String.fromCodePoint(code));
      expect(shown).toMatch(/^\\(x|u\{)[0-9a-fA-F]+\}?$/);
    }
  });

  it('marks which pieces stand for something else', () => {
    expect(visibleSegments('a\nb')).toEqual([
      { text: 'a', escaped: false },
      { text: '\\n', escaped: true },
      { text: 'b', escaped: false },
    ]);
    expect(visibleSegments('a\nb', '\n')).toEqual([{ text: 'a\nb', escaped: false }]);
  });
});
