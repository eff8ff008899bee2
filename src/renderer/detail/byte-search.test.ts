import { describe, expect, it } from 'vitest';
import { findPattern, readPattern, type SearchMode, searchPayload } from './byte-search.ts';

const pattern = (mode: SearchMode, text: string, ignoreCase = false) => {
  const read = readPattern(mode, text, ignoreCase);
  if (!read.ok) throw new Error(read.message);
  return read.pattern;
};
const utf8 = (text: string) => new TextEncoder().encode(text);

describe('a search in bytes', () => {
  it('finds text as its UTF-8, forwards and backwards', () => {
    const bytes = utf8('größe größe');
    expect(findPattern(bytes, pattern('text', 'öß'), 0, 1)).toBe(2);
    expect(findPattern(bytes, pattern('text', 'öß'), 3, 1)).toBe(10);
    expect(findPattern(bytes, pattern('text', 'öß'), 9, -1)).toBe(2);
    expect(findPattern(bytes, pattern('text', 'GRÖSSE'), 0, 1)).toBe(-1);
  });

  it('takes letters in either case, and nothing else for them', () => {
    expect(findPattern(utf8('x STATUS'), pattern('text', 'status', true), 0, 1)).toBe(2);
    expect(findPattern(utf8('[{'), pattern('text', '{', true), 0, 1)).toBe(1);
  });

  it('takes ? for any digit of hex', () => {
    const bytes = Uint8Array.of(0xde, 0xad, 0x11, 0xef, 0xde, 0x1d);
    expect(findPattern(bytes, pattern('hex', 'de ad ?? EF'), 0, 1)).toBe(0);
    expect(findPattern(bytes, pattern('hex', 'de?d'), 1, 1)).toBe(4);
    for (const text of ['d', 'xx', '0x11']) expect(readPattern('hex', text).ok).toBe(false);
  });

  it('of nothing finds nothing', () => {
    expect(findPattern(utf8('a'), pattern('text', ''), 0, 1)).toBe(-1);
  });

  const size = 1_500_000;
  const whole = new Uint8Array(size);
  const places = [0, 524_287, 1_048_574, size - 2];
  for (const at of places) whole.set([0xaa, 0xbb], at);
  const search = (from: number, direction: 1 | -1, text = 'aabb', signal = new AbortController().signal) =>
    searchPayload(
      async (start, end) => ({ ok: true, value: whole.subarray(start, end) }),
      size,
      pattern('hex', text),
      from,
      direction,
      signal,
    );

  it('goes through a payload of several slices, over their borders, and around its ends', async () => {
    for (const [i, at] of places.entries()) {
      const next = places[(i + 1) % places.length];
      expect(await search(at + 1, 1)).toEqual({ ok: true, value: { at: next, wrapped: i === 3 } });
      const before = places.at(i - 1);
      expect(await search(at - 1, -1)).toEqual({ ok: true, value: { at: before, wrapped: i === 0 } });
    }
    expect(await search(0, 1, 'aacc')).toEqual({ ok: true, value: null });
  });

  it('of one match finds it again', async () => {
    const bytes = utf8('abc');
    const read = async (start: number, end: number) => ({ ok: true, value: bytes.subarray(start, end) }) as const;
    const { signal } = new AbortController();
    expect(await searchPayload(read, 3, pattern('text', 'b'), 2, 1, signal)).toEqual({
      ok: true,
      value: { at: 1, wrapped: true },
    });
  });

  it('stops when it is told to, and hands on why a slice could not be read', async () => {
    await expect(search(1, 1, 'aabb', AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
    const failure = { code: 'no-such-record', message: 'Gone.' } as const;
    const { signal } = new AbortController();
    expect(await searchPayload(async () => ({ ok: false, failure }), 9, pattern('text', 'a'), 0, 1, signal)).toEqual({
      ok: false,
      failure,
    });
  });
});
