import { expect, test } from 'vitest';
import { namedGroups } from './named-groups.ts';

test.each([
  ['^ping (?<n>\\d+) (?<größe>.)$', '', ['n', 'größe']],
  ['\\(?<n>', '', []],
  ['[(?<n>)]', '', []],
  ['(?<=a)(?<!b)(?<c>.)', '', ['c']],
  ['(?<a>{{word}}) {{n}}', '', ['a']],
  ['(?<s>[\\p{L}--[a-z]])', 'v', ['s']],
  ['(?<x>', '', []],
])('of /%s/%s are %j', (regex, flags, names) => {
  expect(namedGroups({ regex, flags })).toEqual(names);
});
