import { describe, expect, it } from 'vitest';
import type { CapturedSessionInfo } from '../../../shared/captures.ts';
import { NO_COUNTS } from '../../../shared/session-counts.ts';
import { captureName, headWords, onlyWords, sessionCounts } from './words.ts';

const counts = { ...NO_COUNTS, messages: { s2c: 1, c2s: 1 }, bytes: { s2c: 5, c2s: 5 }, exits: 1 };
const session = (part: Partial<CapturedSessionInfo>): CapturedSessionInfo => ({
  ...{ session: 1, role: 'server', section: 'Local\\A', openedAt: 0, records: 5, removed: 0, counts },
  ...part,
});

describe('a capture in words', () => {
  it('is called by its title, else by its file, and neither can hide what it is', () => {
    expect(captureName({ title: 'Night run', file: 'a.sqlite' })).toBe('Night run');
    expect(captureName({ title: null, file: 'a.sqlite' })).toBe('a.sqlite');
    expect(captureName({ title: 'a\u202eb', file: 'a.sqlite' })).not.toContain('\u202e');
  });

  it('names only the counts that are not nought, but always the messages', () => {
    expect(sessionCounts(session({}))).toBe('2 messages');
    expect(sessionCounts(session({ counts: { ...counts, timeouts: 1, anomalies: 2 } }))).toBe(
      '2 messages · 1 timeout · 2 anomalies',
    );
  });

  it('tells records where an old capture has no counts, and what retention removed', () => {
    expect(sessionCounts(session({ counts: null, removed: 1200 }))).toBe('5 records · 1,200 removed by retention');
  });
});

describe('a difference in words', () => {
  it('tells what stands on each side, or that the log has ended there', () => {
    expect(headWords({ seq: 12, kind: 'message', direction: 'in', size: 17, code: null })).toBe(
      '#12 message ← in, 17 bytes',
    );
    expect(headWords({ seq: 3, kind: 'anomaly', direction: 'out', size: 0, code: 'overrun' })).toBe(
      '#3 anomaly overrun → out',
    );
    expect(headWords(null)).toBe('end of log');
  });

  it('lists the first few records that one side alone has, and says when there are more', () => {
    expect(onlyWords({ count: 0, seqs: [] })).toBe('none');
    expect(onlyWords({ count: 2, seqs: [4, 9] })).toBe('2: #4, #9');
    expect(onlyWords({ count: 7, seqs: [1, 2, 3, 4, 5, 6, 7] })).toBe('7: #1, #2, #3, #4, #5 …');
    expect(onlyWords(null)).toBe('too many to list');
  });
});
