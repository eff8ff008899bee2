import { expect, it } from 'vitest';
import { parseHex } from '../../../shared/hex/hex.ts';
import { base64, cArray, rustBytes } from './code.ts';
import { formatHex } from './hex.ts';

it('bytes are a C array of their length, twelve a line', () => {
  expect(cArray(Uint8Array.from({ length: 13 }, (_, i) => i))).toBe(
    'const unsigned char data[13] = {\n  0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b,\n  0x0c,\n};\n',
  );
  expect(cArray(new Uint8Array())).toContain('0 bytes');
});

it('bytes are a Rust byte string in which nothing ends it early', () => {
  expect(rustBytes(new TextEncoder().encode('a"\\\n\t\r\0ß'))).toBe('b"a\\"\\\\\\n\\t\\r\\0\\xc3\\x9f"');
});

it('bytes are base64 that joins over its pieces', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i & 0xff);
  expect(Uint8Array.from(atob(base64(bytes)), (c) => c.charCodeAt(0))).toEqual(bytes);
  expect(base64(Uint8Array.of(0xff))).toBe('/w==');
});

it('what is copied as hex, as a C array or as a Rust byte string is the same bytes where it is pasted', () => {
  for (let length = 0; length < 40; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 89 + length * 7) & 0xff);
    for (const text of [formatHex(bytes), rustBytes(bytes), ...(length > 0 ? [cArray(bytes)] : [])])
      expect(parseHex(text)).toEqual({ ok: true, bytes });
  }
  expect(parseHex(rustBytes(new TextEncoder().encode('http://x/*\n"=\x001(char)')))).toMatchObject({ ok: true });
});
