import { expect, test } from 'vitest';
import type { ReadableSection } from '../../kernel/kernel.ts';
import { ChangeScan } from './change-scan.ts';
import { RegionRates } from './region-rates.ts';

/** A section that is an array. */
const sectionOf = (bytes: Uint8Array) =>
  ({
    read: (offset: number, target: Uint8Array) => target.set(bytes.subarray(offset, offset + target.length)),
  }) as unknown as ReadableSection;

function scanOf(bytes: Uint8Array, most = bytes.length) {
  const changes: [number, number][] = [];
  const scan = new ChangeScan(sectionOf(bytes), most, (offset, count) => changes.push([offset, count]));
  return { scan, changes };
}

test('what is seen first has not changed; what differs then is counted in its block', () => {
  const bytes = new Uint8Array(200_000).fill(7);
  const { scan, changes } = scanOf(bytes);
  scan.look();
  expect(changes).toEqual([]);
  bytes[0] = 1;
  bytes.fill(1, 65_535, 65_540);
  bytes[199_999] = 1;
  scan.look();
  expect(changes).toEqual([
    [0, 1],
    [65_024, 1],
    [65_536, 4],
    [199_680, 1],
  ]);
  scan.look();
  expect(changes).toHaveLength(4);
});

test('a large section is gone through in several looks, and every change is seen in the end', () => {
  const bytes = new Uint8Array(10 * 1024 * 1024 + 123);
  const { scan, changes } = scanOf(bytes);
  for (let look = 0; look < 4; look++) scan.look();
  bytes[5_000_000] = 1;
  bytes[bytes.length - 1] = 1;
  for (let look = 0; look < 4; look++) scan.look();
  expect(changes.map(([, count]) => count)).toEqual([1, 1]);
});

test('another part is watched from its own beginning, and what differs from the part before is no change', () => {
  const bytes = new Uint8Array(300_000).fill(7, 0, 100_000);
  const { scan, changes } = scanOf(bytes, 100_000);
  scan.look();
  scan.move(204_800, 95_200);
  scan.look();
  bytes[0] = 1;
  bytes[204_801] = 1;
  scan.look();
  expect(changes).toEqual([[0, 1]]);
});

test('a rate is of the last second, and of the region', () => {
  const rates = new RegionRates(10_000);
  expect([rates.regionBytes, rates.rates(0).length]).toEqual([512, 20]);
  rates.count(9_999, 5, 1000);
  rates.count(0, 1, 1500);
  expect(rates.rates(1600)).toEqual([1, ...new Array(18).fill(0), 5]);
  expect(rates.rates(2050)).toEqual([1, ...new Array(19).fill(0)]);
  expect(rates.rates(9000)).toEqual(new Array(20).fill(0));
});

test('no section has more than 128 regions', () => {
  for (const watched of [1, 511, 512, 65_536, 65_537, 1_000_000, 64 * 1024 * 1024])
    expect(new RegionRates(watched).rates(0).length).toBeLessThanOrEqual(128);
});
