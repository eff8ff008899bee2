import { expect, test } from 'vitest';
import { toggledWord, wordsOf } from './words.ts';

test.each([
  ['', 'in', 'dir:in'],
  ['dir:in', 'in', ''],
  ['dir:in', 'out', 'dir:in,out'],
  ['dir:in,out', 'none', ''],
  ['kind:message dir:out "a"', 'out', 'kind:message "a"'],
  ['a or b', 'in', '("a" or "b") dir:in'],
])('in %j the direction %s is toggled to %j', (text, word, next) => {
  expect(toggledWord(text, 'dir', word)).toBe(next);
});

test('a chosen word shows what the filter demands by itself, and nothing else', () => {
  expect(wordsOf('kind:timeout,exit size:>1', 'kind')).toEqual(['timeout', 'exit']);
  expect(wordsOf('kind:*', 'kind')).toEqual([]);
  expect(wordsOf('kind:exit or dir:in', 'kind')).toEqual([]);
  expect(wordsOf('not kind:exit', 'kind')).toEqual([]);
  expect(wordsOf('kind:', 'kind')).toEqual([]);
});
