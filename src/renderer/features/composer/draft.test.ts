import { describe, expect, it } from 'vitest';
import { expand } from '../../../shared/placeholders.ts';
import { formatHex } from '../../kit/format/hex.ts';
import { converted, type Draft, draftOf, draftParts, EMPTY_DRAFT, type Form, isVaried } from './draft.ts';
import { MAX_HEX_EDIT } from './hex-edit.ts';

const draft = (form: Form, content: string, placeholders = true): Draft => ({
  ...EMPTY_DRAFT,
  mode: form,
  form,
  content,
  placeholders,
});
const source = { n: 7, wall: 0, random: (length: number) => new Uint8Array(length) };
const bytesOf = (one: Draft) => {
  const parsed = draftParts(one);
  return parsed.ok ? [...expand(parsed.parts, source)] : parsed;
};
const utf8 = (text: string) => [...new TextEncoder().encode(text)];

describe('a draft', () => {
  it('stands for the UTF-8 bytes of its text or JSON, for the bytes of its hex, or for its file', () => {
    expect(bytesOf(draft('text', 'ß\n'))).toEqual([0xc3, 0x9f, 0x0a]);
    expect(bytesOf(draft('json', ' {"a": 1}'))).toEqual(utf8(' {"a": 1}'));
    expect(bytesOf(draft('hex', 'c3 9f'))).toEqual([0xc3, 0x9f]);
    expect(bytesOf(draft('text', ''))).toEqual([]);
    const file = { name: 'a.bin', bytes: Uint8Array.of(1, 2) };
    expect(bytesOf({ ...draft('text', 'not this'), mode: 'file', file })).toEqual([1, 2]);
  });

  it('says where it is wrong instead of sending something else', () => {
    expect(bytesOf(draft('text', 'a\ud800b'))).toMatchObject({ ok: false, at: 1 });
    expect(bytesOf(draft('text', 'a\udc00'))).toMatchObject({ ok: false, at: 1 });
    expect(bytesOf(draft('text', '𝄞'))).toEqual([0xf0, 0x9d, 0x84, 0x9e]);
    expect(bytesOf(draft('hex', 'zz'))).toMatchObject({ ok: false, at: 0 });
    expect(bytesOf(draft('json', '{"a":}'))).toMatchObject({ ok: false, at: 5 });
    expect(bytesOf({ ...EMPTY_DRAFT, mode: 'file' })).toMatchObject({
      ok: false,
      message: expect.stringContaining('file'),
    });
  });

  it('expands its placeholders in text and JSON unless they are turned off; hex has none', () => {
    expect(bytesOf(draft('text', '#{{n}}'))).toEqual(utf8('#7'));
    expect(bytesOf(draft('text', '#{{n}}', false))).toEqual(utf8('#{{n}}'));
    expect(bytesOf(draft('text', 'a {{nn}}'))).toMatchObject({ ok: false, at: 2, length: 6 });
    expect(bytesOf(draft('text', '{{nn}}', false))).toEqual(utf8('{{nn}}'));
  });

  it('as JSON takes a number anywhere, and the other placeholders within a string', () => {
    expect(bytesOf(draft('json', '{"a":{{n}},"b":"{{n}} {{uuid}}"}'))).not.toHaveProperty('ok');
    expect(bytesOf(draft('json', '{"a":{{uuid}}}'))).toMatchObject({ ok: false, at: 5 });
  });

  it('keeps its bytes when it changes form', () => {
    const content = (one: Draft, form: Form) => {
      const result = converted(one, form);
      return result.ok ? result.draft.content : result;
    };
    expect(content(draft('text', 'aß'), 'hex')).toBe('61 c3 9f');
    expect(content(draft('hex', '61C39F'), 'text')).toBe('aß');
    expect(content(draft('hex', 'ef bb bf 61'), 'text')).toBe('\ufeffa');
    expect(content(draft('text', '{"a":'), 'json')).toBe('{"a":');
    expect(content(draft('json', '{"a":'), 'hex')).toBe('7b 22 61 22 3a');
  });

  it('does not change into a form that would lose some of them, or its placeholders', () => {
    for (const content of ['ff', '61 0d 0a', '6']) expect(converted(draft('hex', content), 'text').ok).toBe(false);
    expect(converted(draft('text', '\ud800'), 'hex').ok).toBe(false);
    expect(converted(draft('text', '{{n}}'), 'hex').ok).toBe(false);
    expect(converted(draft('text', 'x'.repeat(MAX_HEX_EDIT + 1)), 'hex').ok).toBe(false);
  });

  it('that comes from bytes is never expanded', () => {
    const result = converted(draft('hex', formatHex(Uint8Array.from(utf8('{{n}}')))), 'text');
    expect(result.ok && bytesOf(result.draft)).toEqual(utf8('{{n}}'));
    expect(bytesOf(draftOf(Uint8Array.from(utf8('{{n}}')), '#1'))).toEqual(utf8('{{n}}'));
  });

  it('keeps what was written behind the file', () => {
    const file = converted(draft('hex', 'de ad'), 'file');
    expect(file.ok && converted(file.draft, 'hex')).toMatchObject({ draft: { mode: 'hex', content: 'de ad' } });
  });

  it.each([
    ['text', [0x61, 0x0a]],
    ['hex', [0xff]],
    ['hex', [0x61, 0x0d]],
    ['file', [...new Uint8Array(MAX_HEX_EDIT).fill(0xff), 0xff]],
  ] as const)('of bytes is %s where that holds them', (mode, bytes) => {
    const one = draftOf(Uint8Array.from(bytes), '#1');
    expect(one.mode).toBe(mode);
    expect(bytesOf(one)).toEqual(bytes);
  });

  it('is varied when a placeholder makes each message again', () => {
    expect(isVaried([{ type: 'bytes', bytes: new Uint8Array(1) }])).toBe(false);
    expect(isVaried([{ type: 'bytes', bytes: new Uint8Array(1) }, { type: 'time' }])).toBe(true);
  });
});

describe('a text in another encoding', () => {
  const write = (content: string, more: Partial<Draft> = {}): Draft => ({ ...EMPTY_DRAFT, content, ...more });

  it('has the bytes of that, its placeholders too', () => {
    const parsed = draftParts(write('ü{{n}}'), 'utf-16le');
    expect(parsed).toEqual({
      ok: true,
      parts: [
        { type: 'bytes', bytes: Uint8Array.of(0xfc, 0) },
        { type: 'n', wide: 'le' },
      ],
    });
    expect(draftParts(write('ü'), 'windows-1252')).toMatchObject({ parts: [{ bytes: Uint8Array.of(0xfc) }] });
  });

  it('is faulty at the first character that it lacks', () => {
    expect(draftParts(write('ab→c'), 'windows-1252')).toEqual({
      ok: false,
      at: 2,
      length: 1,
      message: "Windows-1252 can't encode “→” (at position 3). Choose another encoding or replace the character.",
    });
    expect(draftParts(write('{"a":"日"}', { mode: 'json', form: 'json' }), 'koi8-r')).toMatchObject({
      ok: false,
      at: 6,
    });
  });

  it('is turned into hex and back as the same bytes', () => {
    const hex = converted(write('für'), 'hex', 'utf-16be');
    expect(hex.ok && hex.draft.content.trim()).toBe('00 66 00 fc 00 72');
    expect(hex.ok && converted(hex.draft, 'text', 'utf-16be')).toMatchObject({ draft: { content: 'für' } });
  });

  it('holds the bytes of a record, or they stay hex', () => {
    expect(draftOf(Uint8Array.of(0x66, 0xfc), 'a', 'windows-1252')).toMatchObject({ mode: 'text', content: 'fü' });
    expect(draftOf(Uint8Array.of(0x66, 0, 0), 'a', 'utf-16le')).toMatchObject({ mode: 'hex' });
  });
});
