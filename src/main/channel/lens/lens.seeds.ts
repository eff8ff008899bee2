/**
 * Random headers through the lens: nothing may throw, and nothing be read outside the view. A sample of them runs with
 * the unit tests. `node src/main/channel/lens/lens.seeds.ts [seeds] [first seed]`
 */
import { seededRandom } from '../../../shared/seeded-random.testing.ts';
import type { ReadableSection } from '../../kernel/kernel.ts';
import { LayoutWatch } from './layout-watch.ts';
import { lensView } from './lens.ts';
import { LensSample } from './sample.ts';

const WORDS = 24;
const INTERESTING = [0, 0, 1, 2, 3, 5, 29, 63, 64, 1000, 16376, 16384, 16385, 40_000, 0x7fffffff, 0xffffffff];
const EXTENTS = [24, 40, 96, 96, 96, 200, 4096];
/** For a `fixed64` section, rarely: it is large. */
const WHOLE = 36_864;

/** Reads a section of random bytes given by `seed`, through the lens and as a watch. Throws what goes wrong. */
export function readSeed(seed: number): void {
  const roll = seededRandom(seed);
  const extent = roll(500) === 0 ? WHOLE : (EXTENTS[roll(EXTENTS.length)] as number);
  const bytes = new Uint8Array(extent);
  const words = new DataView(bytes.buffer);
  for (let word = 0; word < WORDS && word * 4 + 4 <= extent; word++)
    words.setUint32(word * 4, roll(3) === 0 ? roll(2 ** 32) : (INTERESTING[roll(INTERESTING.length)] as number), true);
  const section = sectionOf(bytes);
  const sample = new LensSample(section);
  const { readings, spans } = lensView(sample.bytes, extent);
  for (const { from, to } of readings.flatMap(({ fields }) => fields)) within(from, to, extent);
  for (const { from, bytes: shown } of spans) within(from, from + shown.length, extent);
  const watch = new LayoutWatch(section);
  for (let now = 0; now < 3; now++) {
    watch.look(now * 100);
    words.setUint32(4 * roll(6), roll(5), true);
  }
}

function within(from: number, to: number, extent: number): void {
  if (from < 0 || to < from || to > extent) throw new RangeError(`${from} to ${to} is outside of ${extent} bytes.`);
}

function sectionOf(bytes: Uint8Array): ReadableSection {
  const nothing = () => {};
  const read = (offset: number, target: Uint8Array) => {
    within(offset, offset + target.length, bytes.length);
    target.set(bytes.subarray(offset, offset + target.length));
  };
  const lease = { address: 0, extent: 0, handle: 0 };
  const loadU32 = (at: number) => new DataView(bytes.buffer).getUint32(at, true);
  return {
    extent: bytes.length,
    uncommitted: 0,
    lease,
    read,
    loadU32,
    check: nothing,
    close: nothing,
  } as ReadableSection;
}

if (import.meta.main) {
  const [seeds = 10_000_000, first = 0] = process.argv.slice(2).map(Number);
  const began = performance.now();
  for (let seed = first; seed < first + seeds; seed++) {
    try {
      readSeed(seed);
    } catch (error) {
      process.stderr.write(`Seed ${seed}:\n`);
      throw error;
    }
    if ((seed + 1) % 1_000_000 === 0) process.stdout.write(`${(seed + 1).toLocaleString('en-US')} seeds read\n`);
  }
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stdout.write(`${seeds.toLocaleString('en-US')} random headers read in ${seconds} s, none with a fault\n`);
}
