import { expect, test } from 'vitest';
import { compileRegex, requiredText } from './regex.ts';

test.each([
  ['needle-0', '', 'needle-0'],
  ['need.e-0.*"[a-z]+"', '', 'need'],
  ['^ab\\bcde$', '', 'cde'],
  ['a{2}bc', '', 'bc'],
  ['\\x41\\u{1F600}\\.', '', 'A😀.'],
  ['(?:abc)d', '', 'd'],
  ['(?i:abc)', '', ''],
  ['abc?', '', 'ab'],
  ['abc|abd', '', ''],
  ['abc', 'i', ''],
  ['[a]\\p{L}.', '', ''],
  ['ab\\ufffdcde', '', 'cde'],
  ['ab\\ud800cde', '', 'cde'],
  ['[[a]--[b]]xyz', 'v', 'xyz'],
  ['(?<=abc)d', '', 'd'],
  ['(?!abc)d', '', 'd'],
])('what matches /%s/%s has %j in it', (source, flags, text) => {
  expect(() => compileRegex({ source, flags })).not.toThrow();
  expect(requiredText({ source, flags })).toBe(text);
});
