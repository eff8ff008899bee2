import * as v from 'valibot';
import { expect, test } from 'vitest';
import { knownKeys } from './known-keys.ts';

const leaf = v.strictObject({ text: v.string(), size: v.number() });
const schema = v.strictObject({
  list: v.pipe(v.array(v.optional(leaf)), v.minLength(1)),
  map: v.optional(v.record(v.string(), leaf)),
  other: v.lazy((input) => (typeof input === 'string' ? v.string() : v.strictObject({ nested: leaf }))),
});

test.each([
  [[], ['list', 'map', 'other']],
  [
    ['list', 0],
    ['text', 'size'],
  ],
  [
    ['map', 'any'],
    ['text', 'size'],
  ],
  [['other'], ['nested']],
  [
    ['other', 'nested'],
    ['text', 'size'],
  ],
  [['list'], []],
  [['none', 'of', 'these'], []],
  [['toString'], []],
])('the known keys at %j are %j', (path, keys) => {
  expect(knownKeys(schema, { list: [{}], map: { any: {} }, other: { nested: {} } }, path)).toEqual(keys);
});

test('where a text may stand for a map, what is there says which it is', () => {
  expect(knownKeys(schema, { other: 'short' }, ['other'])).toEqual([]);
});
