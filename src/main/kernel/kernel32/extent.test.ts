import { expect, test } from 'vitest';
import type { SectionUse } from '../kernel.ts';
import { extentOf, type Region } from './extent.ts';

const VIEW = 0x10000;
const [COMMITTED, RESERVED, FREE] = [0x1000, 0x2000, 0x10000];
const [READ_WRITE, NO_ACCESS, READ_ONLY, GUARDED, UNCACHED] = [0x04, 0x01, 0x02, 0x104, 0x204];

type Pages = readonly [count: number, state: number, protect: number];

/** Consecutive regions, each with this many pages, and VirtualQuery's answers for them. */
function extentFor(use: SectionUse, ...pages: readonly Pages[]) {
  const regions = new Map<number, Region>();
  let at = VIEW;
  for (const [count, state, protect] of pages) {
    regions.set(at, { view: state === FREE ? 0 : VIEW, size: count * 4096, state, protect });
    at += count * 4096;
  }
  regions.set(at, { view: at, size: 4096, state: COMMITTED, protect: READ_WRITE });
  return extentOf(VIEW, (address) => regions.get(address) ?? null, use);
}
const extent = (...pages: readonly Pages[]) => extentFor('write', ...pages);

test('a view that is committed can be used up to its end, and no further into the next one', () => {
  expect(extent([9, COMMITTED, READ_WRITE])).toEqual({ usable: 9 * 4096, rest: 0 });
  expect(extent([1, COMMITTED, UNCACHED], [2, COMMITTED, READ_WRITE])).toEqual({ usable: 3 * 4096, rest: 0 });
  expect(extent([2, COMMITTED, READ_WRITE], [5, FREE, NO_ACCESS])).toEqual({ usable: 2 * 4096, rest: 0 });
});

test('a view that is committed in part can be used up to the first page that is not', () => {
  const gap = [3, RESERVED, 0] as const;
  expect(extent([2, COMMITTED, READ_WRITE], gap, [4, COMMITTED, READ_WRITE])).toEqual({ usable: 8192, rest: 7 * 4096 });
  expect(extent(gap, [1, COMMITTED, READ_WRITE])).toEqual({ usable: 0, rest: 4 * 4096 });
});

test.each([
  ['a guard page', GUARDED],
  ['a page without access', NO_ACCESS],
  ['a page that can only be read', READ_ONLY],
])('a view ends for us at %s', (_, protect) => {
  expect(extent([1, COMMITTED, READ_WRITE], [1, COMMITTED, protect])).toEqual({ usable: 4096, rest: 4096 });
});

test('a view to be read goes on over pages that can only be read, and ends at others', () => {
  const pages = [
    [1, COMMITTED, READ_WRITE],
    [2, COMMITTED, READ_ONLY],
    [1, COMMITTED, NO_ACCESS],
  ] as const;
  expect(extentFor('read', ...pages)).toEqual({ usable: 3 * 4096, rest: 4096 });
});

test('of an address that nothing is known of there is no extent', () => {
  expect(extentOf(VIEW, () => null, 'write')).toBeNull();
});
