import { expect, test } from 'vitest';
import type { Layout } from '../../shared/domain.ts';
import { seededRandom } from '../../shared/seeded-random.testing.ts';
import { geometry } from '../channel/layout.ts';
import { SAMPLE_BYTES } from '../channel/layout-evidence.ts';
import { readChannel } from './reading.ts';

const PAGE = 4096;
/** The beginning of a section with these 32-bit words at its start, and its extent. */
function section(bytes: number, ...words: number[]) {
  const extent = Math.ceil(bytes / PAGE) * PAGE;
  const sample = new Uint8Array(Math.min(extent, SAMPLE_BYTES));
  sample.set(new Uint8Array(Uint32Array.from(words).buffer));
  return { sample, extent };
}
const read = ({ sample, extent }: ReturnType<typeof section>) => readChannel(sample, extent);
const channel = (layout: Layout, size = 16_384) => geometry(layout, size).sectionBytes;

test('a fresh sized channel is recognised by its size at both places', () => {
  expect(read(section(channel('sized', 1000), 1000))).toEqual({
    certainty: 'certain',
    layout: 'sized',
    likely: ['sized'],
    mismatch: null,
    capacity: 1000,
    slots: { s2c: { flag: 0, length: 0 }, c2s: { flag: 0, length: 0 } },
  });
});

test('a fresh fixed channel is one, though not which', () => {
  expect(read(section(channel('fixed64')))).toMatchObject({ certainty: 'undecided', layout: null, capacity: 16_384 });
});

test('flags and lengths are those of its layout', () => {
  const used = section(channel('fixed'), 2, 1, 3, 2);
  used.sample.set([1, 2, 3], 16);
  used.sample.set([4, 5], 16 + 16_384);
  expect(read(used)).toMatchObject({
    layout: 'fixed',
    slots: { s2c: { flag: 2, length: 3 }, c2s: { flag: 1, length: 2 } },
  });
});

test('one whose ends use different layouts is one, and is reported to fit none', () => {
  // A fixed64 server has sent 5 bytes, a fixed client 7: the length of the latter is half of one of the former.
  const mixed = section(channel('fixed64'), 1, 1, 5, 7);
  mixed.sample.set([1, 2, 3, 4, 5], 24);
  mixed.sample.set([1, 2, 3, 4, 5, 6, 7], 16 + 16_384);
  expect(read(mixed)).toMatchObject({
    ...{ layout: null, certainty: 'contradicted' },
    mismatch: { server: 'fixed64', client: 'fixed' },
  });
});

test('a larger section with smaller buffers is one when it holds a message', () => {
  const empty = section(40_000, 64);
  expect(read(empty)).toBeNull();
  const used = section(40_000, 64, 1, 0, 2);
  used.sample.set([7, 7], 24);
  expect(read(used)).toMatchObject({ layout: 'sized', capacity: 64 });
});

test.each([
  ['an empty page', section(100)],
  ['a counter in a page', section(100, 5)],
  ['a size that is not the section’s', section(100_000, 70)],
  ['text', section(36_864, 0x6c6c_6548, 0x6f77_206f)],
  ['an unknown flag', section(36_864, 1, 9)],
])('%s is no channel', (_, bytes) => {
  expect(read(bytes)).toBeNull();
});

test('no bytes make it throw, and random ones hardly pass for a channel where the size is not that of the fixed layouts', () => {
  const roll = seededRandom(7);
  let found = 0;
  for (let round = 0; round < 20_000; round++) {
    const sample = Uint8Array.from({ length: [24, 64, 400][roll(3)] as number }, () => (roll(3) ? roll(256) : 0));
    if (readChannel(sample, PAGE * (10 + roll(20)))) found++;
  }
  expect(found).toBeLessThan(20);
  for (const length of [0, 1, 3, 23]) expect(() => readChannel(new Uint8Array(length).fill(255), length)).not.toThrow();
});
