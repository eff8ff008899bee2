import { expect, test } from 'vitest';
import { noteOn, withoutNul } from './copied-text.ts';

test('a NUL is written out, since a copied text would end there', () => {
  expect(withoutNul('a\0b\0')).toBe('a\\0b\\0');
  expect(noteOn('a\0b\0')).toMatch(/^2 NULs are written as \\0/);
  expect(noteOn('a\0')).toMatch(/^1 NUL is written/);
});

test("what is copied as it is and can't be seen is named", () => {
  expect(noteOn('a\u202eb\ufeff\u202e')).toMatch(/^3 characters can't be seen, such as \\u\{202E\}, \\u\{FEFF\};/);
  expect(noteOn('\x1b[31m')).toMatch(/\\x1b/);
});

test('there is nothing to say of other text', () => {
  for (const text of ['', 'plain', 'two\r\nlines\tand a tab', '👩‍👩‍👧 ✓', 'ü\u00a0日本'])
    expect(noteOn(text)).toBeNull();
  expect(withoutNul('plain')).toBe('plain');
});
