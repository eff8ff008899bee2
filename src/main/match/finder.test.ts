import { describe, expect, test } from 'vitest';
import { type Roll, seededRandom } from '../../shared/seeded-random.testing.ts';
import { foldedHits } from '../../shared/text/fold.ts';
import { byteTarget, isIn, textTarget } from './finder.ts';

const ROUNDS = 3000;

const some = (roll: Roll, letters: string, least: number, most: number) =>
  Array.from({ length: least + roll(most - least + 1) }, () => [...letters][roll([...letters].length)]).join('');

const fits = (bytes: Uint8Array, pattern: readonly (number | null)[], at: number) =>
  at + pattern.length <= bytes.length && pattern.every((byte, i) => byte === null || byte === bytes[at + i]);

/** Where the first match from `from` on begins, by looking everywhere. */
function firstFit(bytes: Uint8Array, pattern: readonly (number | null)[], from: number): number | undefined {
  for (let at = from; at < bytes.length; at++) if (fits(bytes, pattern, at)) return at;
  return undefined;
}

test('bytes with gaps are found where they are, from any place on', () => {
  const roll = seededRandom(1);
  for (let round = 0; round < ROUNDS; round++) {
    const bytes = Buffer.from(some(roll, 'abc', 0, 60));
    const pattern = [...Buffer.from(some(roll, 'abc', 1, 6))].map((byte) => (roll(3) === 0 ? null : byte));
    const [target] = byteTarget({ type: 'hex', bytes: pattern, span: { from: 0, to: 0 } } as never);
    for (let from = 0; from < bytes.length; from += 1 + roll(9)) {
      const at = firstFit(bytes, pattern, from);
      expect(target?.finder.find(bytes, from)).toEqual(at === undefined ? at : { start: at, end: at + pattern.length });
    }
  }
});

describe.each(['utf-8', 'utf-16le'] as const)('a text in any case, in %s', (encoding) => {
  test('is found where it is, whatever part of it has no case', () => {
    const roll = seededRandom(2);
    for (let round = 0; round < ROUNDS; round++) {
      const letters = 'aAsSkK\u212aßſ-0é';
      const text = some(roll, letters, 0, 40);
      const needle = some(roll, letters, 1, 4);
      const ways = textTarget({ type: 'text', text: needle, ignoreCase: true, encoding } as never);
      const payload = Buffer.from(text, encoding === 'utf-8' ? 'utf8' : 'utf16le');
      expect(isIn(payload, ways), JSON.stringify([text, needle])).toBe(foldedHits(text, needle).length > 0);
    }
  });
});

test('what has the caseless part of a text everywhere is searched all the same', () => {
  const ways = textTarget({ type: 'text', text: 'End-0', ignoreCase: true } as never);
  const filler = '-0'.repeat(5000);
  expect(isIn(Buffer.from(filler), ways)).toBe(false);
  expect(isIn(Buffer.from(`${filler}eND-0${filler}`), ways)).toBe(true);
  expect(ways[0]?.finder.find(Buffer.from(`${filler}eND-0${filler}`), 0)).toEqual({ start: 10_000, end: 10_005 });
});
