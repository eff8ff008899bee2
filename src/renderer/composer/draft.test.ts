import { describe, expect, it } from 'vitest';
import { converted, draftBytes } from './draft.ts';

const bytesOf = (mode: 'text' | 'hex', content: string) => {
  const parsed = draftBytes({ mode, content });
  return parsed.ok ? [...parsed.bytes] : parsed;
};

describe('a draft', () => {
  it('stands for the UTF-8 bytes of its text, or for the bytes of its hex', () => {
    expect(bytesOf('text', 'ß\n')).toEqual([0xc3, 0x9f, 0x0a]);
    expect(bytesOf('hex', 'c3 9f')).toEqual([0xc3, 0x9f]);
    expect(bytesOf('text', '')).toEqual([]);
  });

  it('says where it is wrong instead of sending something else', () => {
    expect(bytesOf('text', 'a\ud800b')).toMatchObject({ ok: false, at: 1 });
    expect(bytesOf('text', 'a\udc00')).toMatchObject({ ok: false, at: 1 });
    expect(bytesOf('text', '𝄞')).toEqual([0xf0, 0x9d, 0x84, 0x9e]);
    expect(bytesOf('hex', 'zz')).toMatchObject({ ok: false, at: 0 });
  });

  it('keeps its bytes when it changes form', () => {
    expect(converted({ mode: 'text', content: 'aß' }, 'hex')).toEqual({
      ok: true,
      draft: { mode: 'hex', content: '61 c3 9f' },
    });
    expect(converted({ mode: 'hex', content: '61C39F' }, 'text')).toEqual({
      ok: true,
      draft: { mode: 'text', content: 'aß' },
    });
    expect(converted({ mode: 'hex', content: 'ef bb bf 61' }, 'text')).toMatchObject({ draft: { content: '\ufeffa' } });
  });

  it('does not change into a form that would lose some of them', () => {
    for (const content of ['ff', '61 0d 0a', '6']) expect(converted({ mode: 'hex', content }, 'text').ok).toBe(false);
    expect(converted({ mode: 'text', content: '\ud800' }, 'hex').ok).toBe(false);
  });
});
