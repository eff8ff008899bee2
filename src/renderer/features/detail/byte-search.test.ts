import { describe, expect, it } from 'vitest';
import { codecOf } from '../../../shared/text/codecs.ts';
import type { Encoding } from '../../../shared/text/encodings.ts';
import { byteTarget, type SearchTarget, searchPayload } from './byte-search.ts';
import { textTarget } from './text-search.ts';

const hex = (text: string) => {
  const read = byteTarget(text);
  if (!read.ok) throw new Error(read.message);
  return read.sought;
};
const text = (text: string, ignoreCase = false, encoding: Encoding = 'utf-8') => textTarget(text, ignoreCase, encoding);
const write = (text: string, encoding: Encoding = 'utf-8') => {
  const encoded = codecOf(encoding).encode(text);
  if (!encoded.ok) throw new RangeError(text);
  return encoded.bytes;
};

/** Where it is found: the bytes from and to, and whether that was beyond an end. */
async function found(bytes: Uint8Array, sought: SearchTarget, from: number, direction: 1 | -1) {
  const read = async (start: number, end: number) => ({ ok: true, value: bytes.subarray(start, end) }) as const;
  const result = await searchPayload(read, bytes.length, sought, from, direction, new AbortController().signal);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value && [result.value.from, result.value.to, result.value.wrapped];
}

describe('a search in bytes', () => {
  it('finds text as its UTF-8, forwards and backwards', async () => {
    const bytes = write('größe größe');
    expect(await found(bytes, text('öß'), 0, 1)).toEqual([2, 6, false]);
    expect(await found(bytes, text('öß'), 3, 1)).toEqual([10, 14, false]);
    expect(await found(bytes, text('öß'), 9, -1)).toEqual([2, 6, false]);
    expect(await found(bytes, text('GRÖSSE'), 0, 1)).toBeNull();
  });

  it('takes letters in any case, and nothing else for them', async () => {
    expect(await found(write('x STATUS'), text('status', true), 0, 1)).toEqual([2, 8, false]);
    expect(await found(write('[{'), text('{', true), 0, 1)).toEqual([1, 2, false]);
    expect(await found(write('die ΟΔΟΣ'), text('οδος', true), 0, 1)).toEqual([4, 12, false]);
    expect(await found(write('Die Straße'), text('STRASSE', true), 0, 1)).toEqual([4, 11, false]);
  });

  it.each<[Encoding, string, string, [number, number]]>([
    ['utf-16le', 'für Öl', 'ÖL', [8, 12]],
    ['utf-16be', 'a😀ΟΔΟΣ', 'οδος', [6, 14]],
    ['windows-1252', 'für Öl', 'ÖL', [4, 6]],
    ['shift_jis', 'ソ日本語', '日本', [2, 6]],
    ['shift_jis', 'ソ\\x', '\\X', [2, 4]],
    ['gb18030', '😀中文', '中', [4, 6]],
  ])('finds text in %s', async (encoding, payload, needle, [from, to]) => {
    const bytes = write(payload, encoding);
    expect(await found(bytes, text(needle, true, encoding), 0, 1)).toEqual([from, to, false]);
    expect(await found(bytes, text(needle, true, encoding), bytes.length, -1)).toEqual([from, to, false]);
  });

  it('finds no half characters', async () => {
    expect(await found(write('xfür', 'utf-16le').subarray(1), text('für', false, 'utf-16le'), 0, 1)).toBeNull();
    expect(await found(write('ソ', 'shift_jis'), text('\\', false, 'shift_jis'), 0, 1)).toBeNull();
    expect(await found(Uint8Array.of(0xff, 0x61, 0xff, 0x62), text('b'), 0, 1)).toEqual([3, 4, false]);
  });

  it('takes ? for any digit of hex', async () => {
    const bytes = Uint8Array.of(0xde, 0xad, 0x11, 0xef, 0xde, 0x1d);
    expect(await found(bytes, hex('de ad ?? EF'), 0, 1)).toEqual([0, 4, false]);
    expect(await found(bytes, hex('de?d'), 1, 1)).toEqual([4, 6, false]);
    for (const wrong of ['d', 'xx', '0x1g']) expect(byteTarget(wrong).ok).toBe(false);
  });

  it('of nothing finds nothing', async () => {
    expect(await found(write('a'), text(''), 0, 1)).toBeNull();
    expect(await found(write('a'), hex(''), 0, 1)).toBeNull();
  });

  it('of one match finds it again', async () => {
    expect(await found(write('abc'), text('b'), 2, 1)).toEqual([1, 2, true]);
  });

  const size = 1_500_000;
  const places = [0, 524_287, 1_048_574, size - 2];
  it.each<[string, Uint8Array, SearchTarget]>([
    ['hex', Uint8Array.of(0xaa, 0xbb), hex('aabb')],
    ['text', write('ab'), text('AB', true)],
  ])(
    'goes through a payload of several slices, over their borders, and around its ends: %s',
    async (_, bytes, sought) => {
      const whole = new Uint8Array(size).fill(0x20);
      for (const at of places) whole.set(bytes, at);
      for (const [i, at] of places.entries()) {
        const next = places[(i + 1) % places.length] as number;
        expect(await found(whole, sought, at + 1, 1)).toEqual([next, next + 2, i === 3]);
        const before = places.at(i - 1) as number;
        expect(await found(whole, sought, at - 1, -1)).toEqual([before, before + 2, i === 0]);
      }
      expect(await found(whole, hex('aacc'), 0, 1)).toBeNull();
    },
  );

  it('stops when it is told to, and hands on why a slice could not be read', async () => {
    const read = async (start: number, end: number) => ({ ok: true, value: new Uint8Array(end - start) }) as const;
    const stopped = AbortSignal.abort(new Error('stop'));
    await expect(searchPayload(read, 9, hex('aabb'), 1, 1, stopped)).rejects.toThrow('stop');
    const failure = { code: 'no-such-record', message: 'Gone.' } as const;
    const { signal } = new AbortController();
    expect(await searchPayload(async () => ({ ok: false, failure }), 9, text('a'), 0, 1, signal)).toEqual({
      ok: false,
      failure,
    });
  });
});
