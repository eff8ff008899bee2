import { describe, expect, it } from 'vitest';
import { jsonTree, MAX_DEPTH, MAX_ENTRIES } from './json-tree.ts';

describe('the tree of a JSON', () => {
  it('has its values, and nothing to add', () => {
    const text = '{"a":[1,-2.50,1.5e3,true,null,"ß"],"b":{}}';
    expect(jsonTree(text)).toEqual({ ok: true, value: JSON.parse(text), notes: [] });
  });

  it('says where the text stops being JSON', () => {
    expect(jsonTree('{"a":}')).toEqual({ ok: false, message: 'Not JSON: at position 6, a value should stand here.' });
  });

  it('shows integers with all their digits, and counts other numbers that lose some', () => {
    expect(jsonTree('[18446744073709551615]')).toEqual({ ok: true, value: [18446744073709551615n], notes: [] });
    expect(jsonTree('[0.1234567890123456789, 1e400, 0.1, 10.0, -0.0]')).toMatchObject({
      notes: ["2 numbers can't be shown with all digits"],
    });
  });

  it('makes what is invisible visible, in names too', () => {
    expect(jsonTree('{"a\\u202e":"\\u0000\\u200b"}')).toMatchObject({ value: { 'a\\u{202E}': '\\0\\u{200B}' } });
  });

  it('says when a name comes twice in one object', () => {
    expect(jsonTree('{"a":1,"a":2,"b":{"a":3}}')).toEqual({
      ok: true,
      value: { a: 2, b: { a: 3 } },
      notes: ['1 repeated name, the last of each is shown'],
    });
  });

  it('is bounded in width and depth, and says what it leaves out', () => {
    const wide = jsonTree(JSON.stringify(Array(MAX_ENTRIES + 3).fill(0)));
    expect(wide).toMatchObject({ notes: ['3 entries of long lists left out'] });
    const deep = jsonTree('['.repeat(MAX_DEPTH + 1) + ']'.repeat(MAX_DEPTH + 1));
    expect(deep).toMatchObject({ ok: true, notes: [`levels beyond ${MAX_DEPTH} left out`] });
    expect(jsonTree('['.repeat(200_000) + ']'.repeat(200_000))).toMatchObject({ ok: false });
  });

  it('takes no name for anything but a name', () => {
    const tree = jsonTree('{"__proto__":{"x":1}}');
    expect(tree.ok && Object.keys(tree.value as object)).toEqual(['__proto__']);
  });
});
