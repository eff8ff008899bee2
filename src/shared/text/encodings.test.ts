import { describe, expect, test } from 'vitest';
import { codecOf } from './codecs.ts';
import { ENCODING_NAMES, type Encoding, guessEncoding } from './encodings.ts';
import type { Run } from './utf8.ts';

const hex = (text: string) => Uint8Array.from(text.match(/[0-9a-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16));
const bytesOf = (text: string, encoding: Encoding) => {
  const encoded = codecOf(encoding).encode(text);
  if (!encoded.ok) throw new RangeError(`${encoding} lacks ${text.slice(encoded.at, encoded.at + encoded.length)}`);
  return encoded.bytes;
};
/** The bytes that runs stand for. */
const joined = (runs: readonly Run[], encoding: Encoding) =>
  Uint8Array.from(runs.flatMap((run) => ('byte' in run ? [run.byte] : [...bytesOf(run.text, encoding)])));

test.each<[Encoding, string, string]>([
  ['utf-8', 'für €', '66 c3 bc 72 20 e2 82 ac'],
  ['utf-16le', 'für😀', '66 00 fc 00 72 00 3d d8 00 de'],
  ['utf-16be', 'für😀', '00 66 00 fc 00 72 d8 3d de 00'],
  ['windows-1252', 'für €', '66 fc 72 20 80'],
  ['windows-1251', 'Привет', 'cf f0 e8 e2 e5 f2'],
  ['koi8-r', 'Привет', 'f0 d2 c9 d7 c5 d4'],
  ['ibm866', 'Привет', '8f e0 a8 a2 a5 e2'],
  ['windows-1253', 'Οδός', 'cf e4 fc f2'],
  ['shift_jis', '日本ｶﾅ', '93 fa 96 7b b6 c5'],
  ['euc-jp', '日本', 'c6 fc cb dc'],
  ['gbk', '中文', 'd6 d0 ce c4'],
  ['gb18030', '😀', '94 39 fc 36'],
  ['big5', '中文', 'a4 a4 a4 e5'],
  ['euc-kr', '한글', 'c7 d1 b1 db'],
  ['iso-8859-15', '€', 'a4'],
])('%s writes and reads %s', (encoding, text, bytes) => {
  expect(bytesOf(text, encoding)).toEqual(hex(bytes));
  expect(codecOf(encoding).decode(hex(bytes))).toBe(text);
});

test.each<[Encoding, string, number, number]>([
  ['windows-1252', 'a→b', 1, 1],
  ['windows-1252', 'ab😀', 2, 2],
  ['shift_jis', '日本 €', 3, 1],
  ['utf-8', 'a\ud800', 1, 1],
  ['utf-16le', '\udc00a', 0, 1],
  ['gbk', '中\ud800', 1, 1],
])('%s says where the character stands that it lacks', (encoding, text, at, length) => {
  expect(codecOf(encoding).encode(text)).toEqual({ ok: false, at, length });
});

describe.each(ENCODING_NAMES)('%s', (encoding) => {
  let seed = 3;
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed >>> 24;
  };
  const samples = [
    Uint8Array.from({ length: 256 }, (_, byte) => byte),
    ...Array.from({ length: 40 }, (_, length) => Uint8Array.from({ length }, random)),
  ];

  test('neither loses nor replaces a byte of whatever is read', () => {
    for (const bytes of samples) expect(joined(codecOf(encoding).runs(bytes), encoding)).toEqual(bytes);
  });

  test('reads as text only what it writes back as it was', () => {
    for (const bytes of samples) {
      const text = codecOf(encoding).decode(bytes);
      if (text !== null) expect(bytesOf(text, encoding)).toEqual(bytes);
    }
  });

  test('finds where characters begin', () => {
    const { characterStart, decode } = codecOf(encoding);
    const sample = ['Grüße, 日本語 中文 한글 Привет Ωδή 😀 ไทย €', 'plain'].map((text) =>
      [...text].filter((character) => codecOf(encoding).encode(character).ok).join(''),
    );
    for (const text of sample) {
      const bytes = bytesOf(text, encoding);
      for (let at = 0; at <= bytes.length; at++) {
        const start = characterStart(bytes, at);
        expect(start).toBeGreaterThanOrEqual(at);
        expect(start - at).toBeLessThan(4);
        const parts = [bytes.subarray(0, start), bytes.subarray(start)].map((part) => decode(part));
        expect(parts.join('')).toBe(text);
      }
    }
  });
});

test('a text whose last character is cut is read up to it', () => {
  expect(codecOf('shift_jis').decode(hex('93 fa 96'), true)).toBe('日');
  expect(codecOf('utf-16le').decode(hex('61 00 3d d8'), true)).toBe('a');
  expect(codecOf('utf-16le').decode(hex('61 00 62'), true)).toBe('a');
  expect(codecOf('utf-16le').decode(hex('61 00 62'))).toBeNull();
});

describe('auto', () => {
  const guess = (bytes: Uint8Array) => guessEncoding(bytes.subarray(0, 160), bytes.length);
  const LITTLE = [
    'hello',
    'hello\0',
    'für Öl\r\n',
    'Привет мир',
    'Οδός 1\0\0',
    'ab\0',
    '{"a":"日本 €"}',
    'x'.repeat(200),
    '日 ok 😀',
  ];

  test.each(LITTLE)('takes %j in UTF-16 for that', (text) => {
    expect(guess(bytesOf(text, 'utf-16le'))).toBe('utf-16le');
    expect(guess(bytesOf(text, 'utf-16be'))).toBe('utf-16be');
  });

  test('believes a byte order mark', () => {
    expect(guess(bytesOf('\ufeff日本', 'utf-16le'))).toBe('utf-16le');
    expect(guess(bytesOf('\ufeff日本', 'utf-16be'))).toBe('utf-16be');
    expect(guess(bytesOf('\ufeff日本', 'utf-8'))).toBe('utf-8');
  });

  test.each([
    ['no bytes', ''],
    ['text', '68 65 6c 6c 6f 20'],
    ['text that ends with NUL', '68 65 6c 6c 6f 00'],
    ['one small number', '41 00'],
    ['two small numbers', '41 00 42 00'],
    ['small 32-bit numbers', '41 00 00 00 42 00 00 00'],
    ['64-bit number', '41 00 00 00 00 00 00 00'],
    ['small 16-bit numbers', '01 00 02 00 03 00 04 00'],
    ['an odd number of bytes', '68 00 65 00 6c'],
    ['code page', '66 fc 72 20 80 20'],
    ['a double', '00 00 00 00 00 00 f0 3f'],
    ['zeros', '00 00 00 00'],
    ['random', '8f 3a 00 91 20 00 c4 77 12 be 41 00'],
  ])('takes %s for UTF-8, or for no text', (_, bytes) => expect(guess(hex(bytes))).toBe('utf-8'));
});
