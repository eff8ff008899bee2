import { describe, expect, it } from 'vitest';
import { ageWords, slotWords } from './slot.ts';

const slot = (flag: number) => ({ flag, length: 5, highWater: 9, unreadSince: 1000 });

describe('the words for a slot', () => {
  it("name each flag of the wire, and a stranger's by its number", () => {
    expect([0, 1, 2, 3, 4, 4294967295].map((flag) => slotWords(slot(flag), true).text)).toEqual([
      'never used',
      'unread',
      'read',
      'exit',
      'unknown flag 4',
      'unknown flag 4294967295',
    ]);
    expect(slotWords(slot(7), true).tone).toBe('bad');
  });

  it('count the age of an unread message only while somebody looks', () => {
    expect(slotWords(slot(1), true).since).toBe(1000);
    expect(slotWords(slot(1), false).since).toBeNull();
    expect(slotWords(slot(2), true).since).toBeNull();
  });

  it('keep an age short, and leave one out that is only traffic', () => {
    expect([0, 99, 100, 1299, 59_999, 60_000, 125_000, 3_600_000].map(ageWords)).toEqual([
      '',
      '',
      '0.1 s',
      '1.2 s',
      '59.9 s',
      '1 m 00 s',
      '2 m 05 s',
      '1 h 00 m',
    ]);
  });
});
