import { expect, test } from 'vitest';
import { decodeFrame, encodeFrame } from '../frame.ts';
import { isExactFloat, isFiniteJson, parseExactJson, parseMessageJson, writeExactJson } from './exact-json.ts';

test.each([
  '9007199254740993',
  '-9223372036854775808',
  '{"id":18446744073709551615,"ids":[9007199254740992,1],"text":"12345678901234567890"}',
  '-0',
  '[1.5,-1e-7,0,null,true]',
])('%s is written as it is read, digit by digit', (text) => {
  expect(writeExactJson(parseExactJson(text))).toBe(text);
});

test('a message may have a byte order mark before its JSON and NULs behind it, and nothing else', () => {
  expect(['\ufeff{"a":1}', '{"a":1}\0', '\ufeff{"a":1}\0\0'].map(parseMessageJson)).toEqual(Array(3).fill({ a: 1 }));
  for (const text of ['{"a":1}\0x', '\0', '', '{"a":1} \ufeff'])
    expect(() => parseMessageJson(text)).toThrow(SyntaxError);
});

test('a number without end is none of JSON', () => {
  const numbers = [1, 2n ** 70n, [Number.POSITIVE_INFINITY], { a: [Number.NaN] }, 'Infinity'];
  expect(numbers.map(isFiniteJson)).toEqual([true, true, false, false, true]);
  expect(['1.50e3', '0.1', '9007199254740993', '1e400'].map(isExactFloat)).toEqual([true, true, false, false]);
});

test('a whole number of any size crosses to a browser as it is', () => {
  const value = { json: { id: 2n ** 64n, small: -1n, at: 1_795_435_375_767_178 } };
  expect(decodeFrame(encodeFrame(value).slice().buffer)).toEqual(value);
});
