import { describe, expect, test } from 'vitest';
import type { Edge } from '../../../shared/trigger/query.ts';
import { NumberList } from '../store/number-list.ts';
import { EdgeWalk } from './edge-walk.ts';

/** Messages as letters: `a` and `b` are lanes, a capital one passes. */
function walk(text: string, edge: Edge, { from = 0, scanned = text.length } = {}) {
  const lanes = [...text.toLowerCase()];
  const passing = new NumberList();
  const lane = (seq: number) => lanes[seq] as string;
  const orNull = (seq: number) => (seq < 0 ? null : seq);
  const made = new EdgeWalk(passing, edge, from, {
    before: (seq) => orNull(lanes.slice(0, seq).lastIndexOf(lane(seq))),
    after: (seq) => orNull(lanes.indexOf(lane(seq), seq + 1)),
    laneOf: lane,
  });
  // They are found one by one.
  for (const [seq, letter] of [...text].entries()) {
    made.hit(seq);
    if (seq < scanned && letter !== lanes[seq]) passing.push(seq);
  }
  return { hit: made.hit(scanned), next: made.next(scanned) };
}

const level = { type: 'level' } as const;
const rising = { type: 'rising' } as const;
const falling = { type: 'falling' } as const;
const three = { type: 'row', times: 3 } as const;

describe('a trigger', () => {
  test.each([
    ['each record that passes', 'aaAA', level, 2],
    ['none', 'aaaa', level, null],
    ['the first that passes after one that did not', 'AAaAA', rising, 3],
    ['not the first record, before which nothing is known', 'AAA', rising, null],
    ['messages of a lane, whatever the other does', 'aAbABBaA', rising, 1],
    ['a lane of its own', 'AbABBA', rising, 3],
    ['the first that does not pass any more', 'aAAbaA', falling, 4],
    ['so many in a row', 'AAaAAA', three, 5],
    ['so many in a row of one lane', 'AbAbA', three, 4],
    ['not so many of both lanes together', 'ABAbB', three, null],
  ])('takes %s', (_, text, edge, hit) => {
    expect(walk(text, edge).hit).toBe(hit);
  });

  test('takes nothing before the record from which it is armed', () => {
    expect(walk('AaAaA', rising, { from: 3 }).hit).toBe(4);
    expect(walk('AAAA', three, { from: 2 }).hit).toBeNull();
    expect(walk('AaAa', falling, { from: 1 }).hit).toBe(1);
  });

  test('goes on from where it is undecided, as records come', () => {
    expect(walk('aA', falling)).toEqual({ hit: null, next: 1 });
    expect(walk('aaAA', three)).toEqual({ hit: null, next: 2 });
    expect(walk('aaaa', rising)).toEqual({ hit: null, next: 4 });
    expect(walk('aAAa', falling, { scanned: 3 }).hit).toBeNull();
  });
});
