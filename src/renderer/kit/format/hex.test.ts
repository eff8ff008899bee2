import { describe, expect, it } from 'vitest';
import { parseHex } from '../../../shared/hex/hex.ts';
import { asciiColumn, formatHex } from './hex.ts';

const bytesOf = (text: string) => {
  const parsed = parseHex(text);
  return parsed.ok ? [...parsed.bytes] : parsed;
};

describe('hex', () => {
  it('writes what it reads', () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(bytesOf(formatHex(all))).toEqual([...all]);
  });

  it('shows only printable ASCII beside the bytes', () => {
    expect(asciiColumn(Uint8Array.from([0x1f, 0x20, 0x41, 0x7e, 0x7f, 0xff]))).toBe('. A~..');
  });
});
