import { expect, test } from 'vitest';
import { paintedPieces } from './FilterPaint.tsx';

const written = (text: string, error: { from: number; to: number } | null = null) =>
  paintedPieces(text, error).map(({ from, to, kind, wrong }) => `${text.slice(from, to)}=${kind}${wrong ? '!' : ''}`);

test('the pieces are the whole text, each in the colour of its part', () => {
  expect(written('dir:in  not "x"')).toEqual([
    'dir:=field',
    'in=value',
    '  =space',
    'not=operator',
    ' =space',
    '"x"=text',
  ]);
});

test('a mistake is underlined where it stands, within a part too', () => {
  expect(written('kind:foo,exit', { from: 5, to: 8 })).toEqual(['kind:=field', 'foo=value!', ',exit=value']);
  expect(written('ab', { from: 9, to: 12 })).toEqual(['ab=text']);
  expect(written('')).toEqual([]);
});
