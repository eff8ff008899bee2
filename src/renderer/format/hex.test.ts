import { describe, expect, it } from 'vitest';
import { asciiColumn, formatHex, parseHex } from './hex.ts';

const bytesOf = (text: string) => {
  const parsed = parseHex(text);
  return parsed.ok ? [...parsed.bytes] : parsed;
};

describe('hex', () => {
  it('reads pairs with any white space between them, in either case', () => {
    expect(bytesOf('de ad\nBE\tef')).toEqual([0xde, 0xad, 0xbe, 0xef]);
    expect(bytesOf('deadbeef')).toEqual([0xde, 0xad, 0xbe, 0xef]);
    expect(bytesOf('')).toEqual([]);
    expect(bytesOf('  \n ')).toEqual([]);
  });

  it('names what is wrong and where', () => {
    expect(parseHex('de gd')).toMatchObject({
      ok: false,
      at: 3,
      message: expect.stringContaining('"g" at position 4'),
    });
    expect(parseHex('de\nax')).toMatchObject({
      ok: false,
      at: 4,
      message: expect.stringContaining('line 2, position 2'),
    });
    expect(parseHex('de a')).toMatchObject({ ok: false, at: 3, message: expect.stringContaining('stands alone') });
    expect(parseHex('d ea')).toMatchObject({ ok: false, at: 0 });
    expect(parseHex('😀')).toMatchObject({ ok: false, at: 0, message: expect.stringContaining('😀') });
  });

  it('writes what it reads', () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(bytesOf(formatHex(all))).toEqual([...all]);
  });

  it('shows only printable ASCII beside the bytes', () => {
    expect(asciiColumn(Uint8Array.from([0x1f, 0x20, 0x41, 0x7e, 0x7f, 0xff]))).toBe('. A~..');
  });
});
