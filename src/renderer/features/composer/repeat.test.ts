import { describe, expect, it } from 'vitest';
import type { SendProgress } from '../../../shared/sending.ts';
import { donePercent, progressWords, REPEAT, readPlan } from './repeat.ts';

const PROGRESS: SendProgress = {
  state: 'running',
  sent: 412,
  refused: 0,
  total: 1000,
  durationMs: null,
  intervalMs: 250,
  startedAt: 5_000_000,
  endedAt: null,
  failure: null,
};

describe('repeating', () => {
  it('is what the fields say', () => {
    expect(readPlan(REPEAT, [])).toEqual({
      ok: true,
      plan: {
        template: [],
        firstNumber: 1,
        until: { what: 'count', count: 1000 },
        intervalMs: 250,
        rampToMs: null,
      },
    });
    expect(readPlan({ ...REPEAT, until: 'time', seconds: '1.5', ramp: true }, [])).toMatchObject({
      plan: { until: { what: 'time', durationMs: 1500 }, rampToMs: 10 },
    });
  });

  it.each([
    [{ count: '' }, 'The number of messages'],
    [{ count: '0' }, 'at least 1'],
    [{ count: '1.5' }, 'whole number'],
    [{ intervalMs: '-1' }, 'The interval must be at least 0'],
    [{ ramp: true, rampToMs: 'x' }, 'The interval'],
    [{ until: 'time', seconds: '0' }, 'The time must be at least 1'],
  ] as const)('with %j is refused with the reason', (fields, words) => {
    expect(readPlan({ ...REPEAT, ...fields }, [])).toMatchObject({
      ok: false,
      message: expect.stringContaining(words),
    });
  });

  it('tells how far it is, and how it ended', () => {
    expect(progressWords(PROGRESS)).toBe('412 of 1,000 sent · every 250 ms');
    expect(progressWords({ ...PROGRESS, refused: 3, intervalMs: 0 })).toBe(
      '412 of 1,000 sent, 3 refused · as fast as it is read',
    );
    expect(progressWords({ ...PROGRESS, total: null, durationMs: 60_000 })).toBe(
      '412 sent · every 250 ms for 1 m 00 s',
    );
    expect(progressWords({ ...PROGRESS, state: 'stopped' })).toBe('Stopped: 412 of 1,000 sent');
    const failure = { code: 'payload-too-large', message: 'Too large.' } as const;
    expect(progressWords({ ...PROGRESS, state: 'failed', failure })).toBe('Failed: 412 of 1,000 sent. Too large.');
  });

  it('is done by count, or by time', () => {
    expect(donePercent(PROGRESS, 0)).toBe(41);
    expect(donePercent({ ...PROGRESS, total: null, durationMs: 10_000 }, 10_000_000)).toBe(50);
    expect(donePercent({ ...PROGRESS, total: null, durationMs: 10_000, endedAt: 15_000_000 }, 99_000_000)).toBe(100);
  });
});
