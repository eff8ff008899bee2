/**
 * Random headers under a tap, which change while it looks: nothing may throw, and nothing be read outside the view. A
 * sample of them runs with the unit tests. `node src/main/channel/tap/tap.seeds.ts [seeds] [first seed]`
 */
import { LAYOUTS, type Layout } from '../../../shared/domain.ts';
import { type Roll, seededRandom } from '../../../shared/seeded-random.testing.ts';
import { Tap } from './tap.ts';
import { Ear, interleaved } from './testing.ts';

const HEADER_WORDS = 6;
const INTERESTING = [0, 0, 0, 1, 1, 2, 2, 3, 4, 5, 63, 64, 80, 1000, 2000, 16384, 40_000, 0x7fffffff, 0xffffffff];
const CHOICES: readonly (Layout | 'auto')[] = ['auto', 'auto', 'auto', ...LAYOUTS];
const EXTENTS = [24, 40, 96, 96, 96, 200];
/** For a `fixed64` section, rarely: it is large. */
const WHOLE = 36_864;
const LOOKS = 6;

/** Looks at a section of random bytes given by `seed`. Throws what goes wrong. */
export function lookAtSeed(seed: number): void {
  const roll = seededRandom(seed);
  const bytes = new Uint8Array(roll(2000) === 0 ? WHOLE : (EXTENTS[roll(EXTENTS.length)] as number));
  const words = new DataView(bytes.buffer);
  scramble(words, roll, HEADER_WORDS);
  const section = interleaved({ bytes }, roll, () => roll(10) === 0 && scramble(words, roll, 1));
  const layout = CHOICES[roll(CHOICES.length)] as Layout | 'auto';
  let ms = 0;
  const channel = { section, events: { s2c: null, c2s: null } };
  const tap = new Tap(channel, { name: 'S', layout, now: () => ms }, new Ear());
  for (let looks = 0; looks < LOOKS; looks++) {
    tap.look();
    scramble(words, roll, 2);
    ms += roll(60);
  }
}

/** Rewrites this many words of the header, and one that may be beyond it. */
function scramble(words: DataView, roll: Roll, count: number): void {
  const store = (at: number) => {
    const value = roll(4) === 0 ? roll(2 ** 32) : (INTERESTING[roll(INTERESTING.length)] as number);
    words.setUint32(4 * at, value, true);
  };
  for (let word = 0; word < count; word++) store(count === HEADER_WORDS ? word : roll(HEADER_WORDS));
  store(roll(Math.min(40, words.byteLength / 4)));
}

if (import.meta.main) {
  const [seeds = 10_000_000, first = 0] = process.argv.slice(2).map(Number);
  const began = performance.now();
  for (let seed = first; seed < first + seeds; seed++) {
    try {
      lookAtSeed(seed);
    } catch (error) {
      process.stderr.write(`Seed ${seed}:\n`);
      throw error;
    }
    if ((seed + 1) % 1_000_000 === 0) process.stdout.write(`${(seed + 1).toLocaleString('en-US')} seeds looked at\n`);
  }
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stdout.write(
    `${seeds.toLocaleString('en-US')} random headers looked at in ${seconds} s, none with a fault\n`,
  );
}
