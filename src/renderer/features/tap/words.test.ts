import { describe, expect, it } from 'vitest';
import { signalWords, unseenWords } from './words.ts';

const unseen = (missed: number, s2c: boolean, c2s: boolean) => unseenWords({ missed, sampled: { s2c, c2s } });

describe('what a tap says of what it may not have seen', () => {
  it('is nothing while its log is complete', () => {
    expect(unseen(0, false, false)).toBeNull();
  });

  it('is what is known to have passed, and which lanes are only a sample', () => {
    expect(unseen(1, false, false)).toBe('1 message passed unseen.');
    expect(unseen(0, false, true)).toBe('C→S is sampled: more may have passed without a trace.');
    expect(unseen(1200, true, true)).toBe(
      '1,200 messages passed unseen. S→C and C→S are sampled: more may have passed without a trace.',
    );
  });
});

it('an event that can not be read is unknown, not clear', () => {
  expect([true, false, null].map(signalWords)).toEqual(['event set', 'event clear', 'event unknown']);
});
