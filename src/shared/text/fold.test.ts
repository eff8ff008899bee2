import { describe, expect, test } from 'vitest';
import { fold, foldedHits, unfolded } from './fold.ts';
import { anyCasePattern } from './pattern.ts';

test.each([
  ['ΟΔΟΣ', 'οδος'],
  ['Σίσυφος', 'ΣΊΣΥΦΟΣ'],
  ['Straße', 'STRASSE'],
  ['GROẞ', 'groß'],
  ['ﬁﬂ ﬃ ﬆ', 'FIFL FFI ST'],
  ['Ω K Å', 'ω k å'],
  ['ПРИВЕТ', 'привет'],
  ['ᾈ', 'ἀι'],
  ['ſ', 'S'],
  ['𐐀', '𐐨'],
  ['Ꭰ', 'ꭰ'],
])('%s and %s are the same in any case', (a, b) => expect(fold(a)).toBe(fold(b)));

test.each([
  ['ı', 'I'],
  ['İ', 'i'],
  ['é', 'e\u0301'],
  ['ö', 'o'],
])('%s and %s differ in any case', (a, b) => expect(fold(a)).not.toBe(fold(b)));

test('whatever a regular expression takes for the same letter folds to the same', () => {
  const cased = Array.from({ length: 0x2_0000 }, (_, code) => String.fromCodePoint(code)).filter((c) =>
    /\p{CWCM}/u.test(c),
  );
  const apart = cased.filter((c) => {
    const others = new Set([c.toLowerCase(), c.toUpperCase()].filter((other) => [...other].length === 1));
    return [...others].some((other) => new RegExp(`^${c}$`, 'iu').test(other) && fold(other) !== fold(c));
  });
  expect(apart).toEqual([]);
});

test('the characters that fold to a text are found from it', () => {
  expect(unfolded('ss')).toEqual(['ß', 'ẞ']);
  expect(unfolded('σ')).toEqual(['Σ', 'ς', 'σ']);
  expect(unfolded('ffi')).toEqual(['ﬃ']);
  expect(unfolded('世')).toEqual(['世']);
  expect(unfolded('世界')).toEqual([]);
});

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes);

/** Positions in `text` by its bytes, as far as the pattern is complete. */
function hitsByBytes(text: string, needle: string) {
  const { source, isWhole } = anyCasePattern(needle, utf8);
  expect(isWhole).toBe(true);
  const where = latin1(utf8(text));
  const lengths = (end: number) => new TextDecoder().decode(utf8(text).subarray(0, end)).length;
  return [...where.matchAll(new RegExp(source, 'g'))].map((hit) => ({
    from: lengths(hit.index),
    to: lengths(hit.index + hit[0].length),
  }));
}

describe.each([
  ['characters', foldedHits],
  ['bytes', hitsByBytes],
])('in any case, by %s', (_, hits) => {
  const found = (text: string, needle: string) => hits(text, needle).map(({ from, to }) => text.slice(from, to));
  test.each([
    ['die ὁδός ΟΔΟΣ Οδος οδοσ', 'οδος', ['ΟΔΟΣ', 'Οδος', 'οδοσ']],
    ['Straße, STRASSE, straẞe, Strafe', 'strasse', ['Straße', 'STRASSE', 'straẞe']],
    ['MASS maß', 'Maß', ['MASS', 'maß']],
    ['OFFICE oﬃce oﬀice ofﬁce', 'office', ['OFFICE', 'oﬃce', 'oﬀice', 'ofﬁce']],
    ['ß', 's', []],
    ['sß ßs sss', 'sss', ['sß', 'ßs', 'sss']],
    ['İstanbul istanbul', 'istanbul', ['istanbul']],
    ['ı I i', 'i', ['I', 'i']],
    ['\u212a K k', 'K', ['\u212a', 'K', 'k']],
    ['aaaa', 'AA', ['aa', 'aa']],
    ['a.c abc', 'A.C', ['a.c']],
    ['😀A😀a', '😀a', ['😀A', '😀a']],
  ])('in %s, %s finds %j', (text, needle, all) => expect(found(text, needle)).toEqual(all));
});

test('a text that could be written in too many ways is looked for by its beginning', () => {
  const { source, isWhole } = anyCasePattern('s'.repeat(1000), utf8);
  expect(isWhole).toBe(false);
  expect(source.length).toBeLessThan(20_000);
  for (const text of ['ßßsSsſ', 'sssssssß']) expect(new RegExp(source).test(latin1(utf8(text)))).toBe(true);
});
