import { describe, expect, it } from 'vitest';
import { inspect } from './values.ts';

const read = (...bytes: number[]) =>
  Object.fromEntries(inspect(Uint8Array.from(bytes)).map(({ name, le, be }) => [name, [le, be]]));
/** Eight bytes of a u64, little-endian. */
const u64 = (value: bigint) => Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));

describe('the inspector', () => {
  it('reads integers in both byte orders, whole up to 64 bits', () => {
    expect(read(0xff, 0xfe, 0xfd, 0xfc, 0xfb, 0xfa, 0xf9, 0xf8)).toMatchObject({
      i8: ['-1', '-1'],
      u8: ['255', '255'],
      i16: ['-257', '-2'],
      u16: ['65279', '65534'],
      i32: ['-50462977', '-66052'],
      u32: ['4244504319', '4294901244'],
      i64: ['-506097522914230529', '-283686952306184'],
      u64: ['17940646550795321087', '18446460386757245432'],
    });
  });

  it('reads floats with the fewest digits that make them', () => {
    expect(read(0xcd, 0xcc, 0xcc, 0x3d).f32?.[0]).toBe('0.1');
    expect(read(0, 0, 0, 0x80).f32?.[0]).toBe('-0');
    expect(read(0, 0, 0x80, 0x7f).f32?.[0]).toBe('Infinity');
    expect(read(0x9a, 0x99, 0x99, 0x99, 0x99, 0x99, 0xb9, 0x3f).f64?.[0]).toBe('0.1');
    expect(read(1, 0, 0, 0).f32?.[0]).toBe('1e-45');
  });

  it('calls only 0 and 1 a bool', () => {
    expect([0, 1, 2].map((byte) => read(byte).bool?.[0])).toEqual(['false', 'true', null]);
  });

  it('reads times in UTC, and what is no time as none', () => {
    expect(read(...u64(1_700_000_000n))['Unix s 32']?.[0]).toBe('2023-11-14 22:13:20 UTC');
    expect(read(...u64(1_700_000_000n))['Unix s 64']).toEqual(['2023-11-14 22:13:20 UTC', null]);
    expect(read(...u64(1_700_000_000_123n))['Unix ms']?.[0]).toBe('2023-11-14 22:13:20.123 UTC');
    expect(read(...u64(1_700_000_000_123_456n))['Unix µs']?.[0]).toBe('2023-11-14 22:13:20.123456 UTC');
    expect(read(...u64(133_444_736_001_234_567n)).FILETIME?.[0]).toBe('2023-11-14 22:13:20.1234567 UTC');
    expect(read(...u64(0n)).FILETIME?.[0]).toBe('1601-01-01 00:00:00.0000000 UTC');
    expect(read(...u64((1n << 64n) - 1n))['Unix ms']?.[0]).toBe('1969-12-31 23:59:59.999 UTC');
    expect(read(...u64((1n << 63n) - 1n)).FILETIME?.[0]).toBeNull();
  });

  it('reads a DOS time, and refuses dates that do not exist', () => {
    const packed = (((2024 - 1980) << 25) | (2 << 21) | (29 << 16) | (13 << 11) | (37 << 5) | (42 / 2)) >>> 0;
    expect(read(...u64(BigInt(packed)))['DOS time']?.[0]).toBe('2024-02-29 13:37:42');
    expect(read(0, 0, 0, 0)['DOS time']).toEqual([null, null]);
  });

  it('names the character at the cursor, made visible', () => {
    expect(read(0xf0, 0x9d, 0x84, 0x9e)['UTF-8']).toEqual(['𝄞 U+1D11E', '𝄞 U+1D11E']);
    expect(read(0xe2, 0x80, 0xae)['UTF-8']?.[0]).toBe('\\u{202E} U+202E');
    expect(read(0x80)['UTF-8']?.[0]).toBeNull();
    expect(read(0x34, 0xd8, 0x1e, 0xdd)['UTF-16']?.[0]).toBe('𝄞 U+1D11E');
    expect(read(0x00, 0x41)['UTF-16']?.[1]).toBe('A U+0041');
    expect(read(0x34, 0xd8)['UTF-16']?.[0]).toBeNull();
  });

  it('reads nothing from too few bytes', () => {
    expect(read(1)).toMatchObject({ u8: ['1', '1'], u16: [null, null], u64: [null, null], FILETIME: [null, null] });
    expect(Object.values(read()).flat()).toEqual(Array(38).fill(null));
  });
});
