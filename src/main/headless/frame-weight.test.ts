import { expect, test } from 'vitest';
import { decodeFrame, encodeFrame } from '../../shared/frame.ts';
import { MAX_FRAME } from '../../shared/frame-size.ts';
import { isOverloaded } from './frame-weight.ts';

const frame = (...bytes: number[]) => new Uint8Array(bytes).buffer;

test.each<[string, unknown]>([
  ['every form of number', [0, -1, 127, 128, 255, 65_535, 65_536, 2 ** 32, -33, -129, -32_769, -(2 ** 33), 1.5]],
  ['texts of every size', ['', 'x', 'x'.repeat(31), 'x'.repeat(32), 'x'.repeat(256), 'x'.repeat(65_536)]],
  ['bytes of every size', [0, 255, 256, 65_536, 2 ** 20].map((size) => new Uint8Array(size))],
  ['lists of every size', [[], Array(15).fill(null), Array(16).fill(true), Array(4096).fill([1, 2])]],
  ['a map of many', Object.fromEntries(Array.from({ length: 700 }, (_, i) => [`key ${i}`, i]))],
  ['times', [new Date(0), new Date(1.5e12), new Date(2 ** 34 * 1000)]],
  ['the largest payload beside the largest list', [new Uint8Array(2 ** 24), Array(40_000).fill(7)]],
])('a frame with %s passes', (_, value) => {
  expect(isOverloaded(encodeFrame(value).buffer)).toBe(false);
});

/** Each of these comes after everything else, so that a wrongly read size would hide it. */
test.each<[string, unknown]>([
  ['numbers', [1, -1, 300, 70_000, 2 ** 40, -200, -40_000, -(2 ** 40), 0.1]],
  ['texts', ['', 'short', 'x'.repeat(200), 'x'.repeat(3000)]],
  ['bytes', [new Uint8Array(3), new Uint8Array(300), new Uint8Array(70_000)]],
  ['times', [new Date(0), new Date(1.5e12), new Date(2 ** 34 * 1000)]],
  ['maps', [{}, { a: 1 }, Object.fromEntries(Array.from({ length: 300 }, (_, i) => [i, i]))]],
])('too many values are counted behind %s', (_, before) => {
  expect(isOverloaded(encodeFrame([before, Array(50_000).fill(0)]).buffer)).toBe(true);
});

test('a list is taken at its word, before anything of it is there', () => {
  expect(isOverloaded(frame(0xdd, 0x01, 0xc9, 0xc3, 0x80))).toBe(true);
  expect(isOverloaded(frame(0xdf, 0xff, 0xff, 0xff, 0xff))).toBe(true);
});

test('lists within lists count together', () => {
  const nested = Array.from({ length: 20 }, () => [0xdc, 0x10, 0x00]).flat();
  expect(isOverloaded(frame(...nested))).toBe(true);
});

test('text is held to the size of a frame', () => {
  expect(isOverloaded(encodeFrame('x'.repeat(MAX_FRAME)).buffer)).toBe(false);
  expect(isOverloaded(encodeFrame('x'.repeat(MAX_FRAME + 1)).buffer)).toBe(true);
});

test.each([[[]], [[0xc1]], [[0xdc]], [[0xdb, 0xff]], [[0xa5, 0x41]], [[0xc6, 0xff, 0xff, 0xff, 0xff]]])(
  'what is no whole frame, such as %j, is left to the decoder, which refuses it',
  (bytes) => {
    expect(isOverloaded(frame(...bytes))).toBe(false);
    expect(() => decodeFrame(frame(...bytes))).toThrow();
  },
);
