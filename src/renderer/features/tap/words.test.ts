import { describe, expect, it } from 'vitest';
import { missedWords, sampledWords, signalWords } from './words.ts';

describe('what a tap says of what it has not seen', () => {
  it('is nothing while its log is complete', () => {
    expect(missedWords(0)).toBeNull();
    expect(sampledWords({ s2c: false, c2s: false })).toBeNull();
  });

  it('is how many messages are known to have passed', () => {
    expect([1, 1200].map(missedWords)).toEqual(['1 message passed unseen.', '1,200 messages passed unseen.']);
  });

  it('is which lanes are only a sample', () => {
    expect(sampledWords({ s2c: false, c2s: true })).toMatch(/^C→S sampled: /);
    expect(sampledWords({ s2c: true, c2s: true })).toMatch(/^S→C and C→S sampled: /);
  });
});

it("an event that can't be read is unknown, not clear", () => {
  expect([true, false, null].map(signalWords)).toEqual(['event set', 'event clear', 'event unknown']);
});
