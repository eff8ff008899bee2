import { describe, expect, it } from 'vitest';
import { type JsonNode, jsonTree } from './json-tree.ts';

const tree = (text: string) => {
  const read = jsonTree(text);
  if (!read.ok) throw new Error(read.message);
  return read;
};
/** A value written again as it is in the tree. */
const written = (node: JsonNode): string => {
  if (node.type === 'string') return JSON.stringify(node.text);
  if (!('entries' in node)) return node.text;
  const entries = node.entries.map(
    ({ name, node: value }) => (name === null ? '' : `${JSON.stringify(name)}:`) + written(value),
  );
  return node.type === 'array' ? `[${entries.join()}]` : `{${entries.join()}}`;
};

describe('the tree of a JSON', () => {
  it.each([
    '{"a":[1,true,null,"ß"],"b":{},"c":[]}',
    '{"10":1,"9":2,"b":3,"a":4}',
    '{"__proto__":{"x":1},"constructor":2,"":3}',
    '"text"',
    'false',
  ])('has what the text says, in its order: %s', (text) => {
    const { values, notes } = tree(text);
    expect(values.map(written)).toEqual([text]);
    expect(notes).toEqual([]);
  });

  it('shows every number by the digits that it was written with', () => {
    const text = '[9007199254740993,18446744073709551615,1e400,-0,1.0,1,1E2,0.1,0.1234567890123456789]';
    const { values, notes } = tree(text);
    expect(values.map(written)).toEqual([text]);
    expect(notes).toEqual([expect.stringMatching(/^4 numbers are too large or too precise/)]);
  });

  it('shows a name that comes again as often as it comes, and says so', () => {
    const text = '{"a":1,"a":2,"b":{"a":3}}';
    const { values, notes } = tree(text);
    expect(values.map(written)).toEqual([text]);
    expect(notes).toEqual([expect.stringMatching(/^1 name comes twice or more in one object$/)]);
  });

  it('keeps half surrogates and controls that were written as escapes', () => {
    expect(tree('["\\ud800","\\u0000","\\ud83d\\ude00"]').values.map(written)).toEqual(['["\\ud800","\\u0000","😀"]']);
  });

  it.each([
    ['{"a":1}\0', /^1 NUL after it$/],
    ['{"a":1}\r\n\0\0\0', /^3 NULs after it$/],
    ['\ufeff{"a":1}', /^it starts with a byte order mark$/],
    ['{"a":1}\0rest of the buffer', /^it ends at a NUL, with 18 characters after that$/],
  ])('is there despite what stands around the value: %j', (text, note) => {
    const { values, notes } = tree(text);
    expect(values.map(written)).toEqual(['{"a":1}']);
    expect(notes).toEqual([expect.stringMatching(note)]);
  });

  it.each(['{"a":1}\n{"b":2}\n', '{"a":1}{"b":2}', '\x1e{"a":1}\n\x1e{"b":2}\n'])(
    'has each of several values: %j',
    (text) => {
      const { values, notes } = tree(text);
      expect(values.map(written)).toEqual(['{"a":1}', '{"b":2}']);
      expect(notes).toEqual(['2 values in sequence']);
    },
  );

  it.each([
    ['{"a":}', 'Not JSON: expected a value at position 6.'],
    ['{"a":1}\n{"b":}', 'Not JSON: expected a value at line 2, position 6.'],
    ['\ufeff{"a":}', 'Not JSON: expected a value at position 7.'],
    ['\0', 'Not JSON: expected a value at position 1.'],
  ])('says where the text stops being JSON: %j', (text, message) => {
    expect(jsonTree(text)).toEqual({ ok: false, message });
  });

  it('is read however deep it is nested, and however deep it ends', () => {
    expect(tree('['.repeat(200_000) + ']'.repeat(200_000)).values).toHaveLength(1);
    expect(jsonTree('['.repeat(200_000)).ok).toBe(false);
    expect(jsonTree(`${'{"a":'.repeat(200_000)}x`).ok).toBe(false);
  });
});
