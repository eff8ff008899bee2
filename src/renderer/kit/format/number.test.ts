import { expect, test } from 'vitest';
import { parseNumber } from './number.ts';

test.each([
  ['16,384', 16_384],
  ['16 384', 16_384],
  ['1\u202f234\u00a0567', 1_234_567],
  ['1’024', 1024],
  ['1,024.5', 1024.5],
  [' 64 ', 64],
  ['0.5', 0.5],
  ['-1', -1],
  ['1000,', Number.NaN],
  ['1,5', Number.NaN],
  ['1.024,5', Number.NaN],
  ['16,38', Number.NaN],
  ['1 2', Number.NaN],
  ['', Number.NaN],
  ['abc', Number.NaN],
])('%j is read as %s', (text, number) => {
  expect(parseNumber(text)).toBe(number);
});
