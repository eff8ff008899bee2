import { describe, expect, it } from 'vitest';
import { formatJson, jsonFault } from './json.ts';

describe('JSON', () => {
  it('has no fault where JSON.parse takes it', () => {
    for (const text of ['{}', ' [1, "a", null] ', '"\\ud800"', '1e400', '{"a":1,"a":2}'])
      expect(jsonFault(text)).toBeNull();
  });

  it.each([
    ['', 0, 'expected a value'],
    ['{"a":}', 5, 'expected a value at position 6'],
    ['{"a" 1}', 5, 'a colon'],
    ['[1 2]', 3, 'a comma'],
    ['[1,\n2', 5, 'expected a ] at line 2, position 2'],
    ['{"a":1', 6, 'a }'],
    ['{a:1}', 1, ''],
    ['"abc', 0, 'unterminated string'],
    ['"\\x"', 0, 'invalid escape'],
    ['1 // one', 2, 'comments are not allowed'],
    ['{} x', 3, ''],
    ['01', 1, ''],
    ['NaN', 0, 'invalid value'],
    ['[1,]', 3, 'a value'],
  ])('%j has its fault at %i', (text, at, words) => {
    expect(jsonFault(text)).toMatchObject({ at, message: expect.stringContaining(words) });
  });

  it('is formatted without a change to any value', () => {
    expect(formatJson('{"a":[1,12345678901234567890],"b":"x  y"}')).toBe(
      '{\n  "a": [\n    1,\n    12345678901234567890\n  ],\n  "b": "x  y"\n}',
    );
    expect(formatJson('{"a":{{n}}}', '{"a":11111}')).toBe('{\n  "a": {{n}}\n}');
  });
});
