import { describe, expect, it } from 'vitest';
import { formatByteCount, formatInteger, formatSize, percentOf, plural } from './bytes.ts';

describe('numbers', () => {
  it('groups thousands whatever the locale', () => {
    expect(formatInteger(16384)).toBe('16,384');
    expect(formatInteger(0)).toBe('0');
  });

  it('gives a size at most three figures, in binary units', () => {
    expect([0, 1023, 1024, 1536, 16384, 1024 * 1023, 268435456, 1.25 * 2 ** 30].map(formatSize)).toEqual([
      '0 B',
      '1023 B',
      '1 KiB',
      '1.5 KiB',
      '16 KiB',
      '1023 KiB',
      '256 MiB',
      '1.3 GiB',
    ]);
  });

  it('never rounds something to nothing, nor almost all to all', () => {
    expect(percentOf(0, 16384)).toBe(0);
    expect(percentOf(1, 16384)).toBe(1);
    expect(percentOf(16383, 16384)).toBe(99);
    expect(percentOf(16384, 16384)).toBe(100);
    expect(percentOf(32768, 16384)).toBe(200);
    expect(percentOf(5, 0)).toBe(0);
  });

  it('counts one in the singular', () => {
    expect([0, 1, 2].map(formatByteCount)).toEqual(['0 bytes', '1 byte', '2 bytes']);
    expect([1, 2].map((n) => plural(n, 'anomaly', 'anomalies'))).toEqual(['1 anomaly', '2 anomalies']);
  });
});
