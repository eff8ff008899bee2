import { expect, test } from 'vitest';
import { Histogram, slotOf, slotStart } from './histogram.ts';

const VALUES = [0, 1, 7, 8, 15, 16, 17, 255, 256, 1000, 123_456, 2 ** 31 - 1, 2 ** 31, 2 ** 40 + 12_345, 2 ** 53 - 1];

test.each(VALUES)(
  '%i falls into a step that begins at or below it and ends above it, an eighth wide at most',
  (value) => {
    const [start, end] = [slotStart(slotOf(value)), slotStart(slotOf(value) + 1)];
    expect(start).toBeLessThanOrEqual(value);
    expect(end).toBeGreaterThan(value);
    expect(end - start).toBeLessThanOrEqual(Math.max(1, value / 8));
  },
);

test('percentiles are at most a sixteenth off, and the greatest value is exact', () => {
  const histogram = new Histogram();
  const values = Array.from({ length: 5000 }, (_, i) => Math.floor(((i * 7919) % 5000) ** 1.7));
  for (const value of values) histogram.add(value);
  const sorted = values.toSorted((a, b) => a - b);
  for (const share of [0.01, 0.5, 0.9, 0.99, 0.999]) {
    const exact = sorted[Math.ceil(share * 5000) - 1] as number;
    expect(Math.abs(histogram.quantile(share) - exact)).toBeLessThanOrEqual(Math.max(1, exact / 16));
  }
  expect(histogram.max).toBe(sorted.at(-1));
  expect(histogram.count).toBe(5000);
});

test('one that was stored in parts and merged is the same as one that met every value', () => {
  const [whole, first, second, merged] = [new Histogram(), new Histogram(), new Histogram(), new Histogram()];
  VALUES.forEach((value, i) => {
    whole.add(value);
    (i % 2 ? first : second).add(value);
  });
  for (const part of [first, second]) merged.mergeEncoded(part.encode());
  expect(merged).toEqual(whole);
});

test('an empty one takes no room and answers 0', () => {
  const histogram = new Histogram();
  expect(histogram.encode()).toBeNull();
  expect([histogram.quantile(0.5), histogram.max, histogram.count]).toEqual([0, 0, 0]);
});

test('bytes that are no histogram are refused', () => {
  expect(() => new Histogram().mergeEncoded(new Uint8Array(3))).toThrow(RangeError);
  expect(() => new Histogram().mergeEncoded(new Uint8Array(32).fill(255))).toThrow('unknown step');
});
