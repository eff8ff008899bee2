import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../shared/text/utf8.ts';
import { hitsInBytes, hitsInText } from './hits.ts';

const found = (text: string, needle: Parameters<typeof hitsInText>[2]) =>
  hitsInText(text, encodeUtf8(text), needle).map(({ from, to }) => text.slice(from, to));

test('a text is found as often as it stands there, in any case where that is wanted', () => {
  expect(found('ab AB ab', { type: 'text', text: 'ab', ignoreCase: false })).toEqual(['ab', 'ab']);
  expect(found('ab AB ab', { type: 'text', text: 'aB', ignoreCase: true })).toEqual(['ab', 'AB', 'ab']);
  expect(found('aaaa', { type: 'text', text: 'aa', ignoreCase: false })).toEqual(['aa', 'aa']);
});

test('bytes found in a text are shown as the characters they are in', () => {
  expect(found('größe', { type: 'hex', hex: 'c3 b6' })).toEqual(['ö']);
  expect(found('größe', { type: 'hex', hex: 'b6' })).toEqual(['ö']);
  expect(found('größe', { type: 'hex', hex: '72 ?? ??' })).toEqual(['rö']);
  expect(found('a😀b😀', { type: 'hex', hex: '9f 98' })).toEqual(['😀', '😀']);
  expect(found('abcabc', { type: 'hex', hex: '61 62' })).toEqual(['ab', 'ab']);
});

test('bytes are found in bytes, with ?? for any', () => {
  expect(hitsInBytes(Uint8Array.of(1, 2, 1, 3), { type: 'hex', hex: '01 ??' })).toEqual([
    { from: 0, to: 2 },
    { from: 2, to: 4 },
  ]);
  expect(hitsInBytes(Uint8Array.of(1), { type: 'hex', hex: '0102' })).toEqual([]);
});

test('any case is that of the host: by full folding, with hits where they are in the text', () => {
  expect(found('İ ΟΔΟΣ straße', { type: 'text', text: 'οδος', ignoreCase: true })).toEqual(['ΟΔΟΣ']);
  expect(found('İ ΟΔΟΣ straße', { type: 'text', text: 'STRASSE', ignoreCase: true })).toEqual(['straße']);
});
