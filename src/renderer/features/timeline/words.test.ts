import { describe, expect, it } from 'vitest';
import type { Timeline } from '../../../shared/timeline.ts';
import { inZone } from '../../../shared/zone.testing.ts';
import { laneOf, timelineOf } from './testing.ts';
import { wallAt, wasSet } from './wall.ts';
import { bucketWords, clockMarks, spanWords, timelineWords } from './words.ts';

const AT = { openedAt: 0, zone: 'local' } as const;

const timeline = (part: Partial<Timeline> = {}) => timelineOf({ width: 1_000_000, ...part });

describe('a timeline in words', () => {
  it('tells each lane by what went through it', () => {
    const sent = timeline({
      s2c: laneOf({ messages: [0, 3], bytes: [0, 2048], largest: [0, 1024], unread: [0, 620_000] }),
    });
    expect(bucketWords(sent, 1, AT)).toMatch(
      / for 1\.0 s · 3 messages of 2 KiB · S→C 3, largest 1,024 bytes, unread 620 ms, nothing new 380 ms$/,
    );
  });

  it('leaves out what did not happen', () => {
    expect(bucketWords(timeline(), 0, AT)).toMatch(/^\d\d:\d\d:\d\d\.\d{3} for 1\.0 s · 0 messages$/);
  });

  it('tells a slot that stayed unread without a new message', () => {
    const waiting = timeline({ c2s: laneOf({ unread: [1_000_000, 0] }) });
    expect(bucketWords(waiting, 0, AT)).toMatch(/C→S unread 1\.0 s$/);
  });

  it('sums up all that is shown', () => {
    const counted = timeline({ anomalies: [1, 1], c2s: laneOf({ messages: [2, 3] }) });
    const words = timelineWords(counted, { from: 0, to: 2_000_000 }, AT);
    expect(words).toMatch(/^Timeline from \S+ to \S+: 5 messages, 2 anomalies\.$/);
    expect(timelineWords(counted, { from: 0, to: 900_000 }, AT)).toMatch(/: 2 messages, 1 anomaly\.$/);
  });

  it('gives the axis as many digits as tell its marks apart', () => {
    const marks = (...monos: number[]) => clockMarks(monos, (mono) => mono, 'utc');
    expect(marks(0, 2_000_000)).toEqual(['00:00:00Z', '00:00:02Z']);
    expect(marks(0, 500_000)).toEqual(['00:00:00.0Z', '00:00:00.5Z']);
  });
});

describe('the clock of the timeline', () => {
  const HOUR = 3_600_000_000;
  const autumn = Date.UTC(2026, 10, 1, 4) * 1000;
  const at = (mono: number) => autumn + mono;

  it('shows the hour twice that comes twice, and dates where days change', () => {
    inZone('America/New_York', () => {
      expect(clockMarks([0, HOUR, 2 * HOUR, 3 * HOUR], at, 'local')).toEqual([
        ...['00:00:00', '01:00:00', '01:00:00', '02:00:00'],
      ]);
      const marks = Array.from({ length: 4 }, (_, i) => i * 12 * HOUR);
      expect(clockMarks(marks, at, 'local')).toEqual(['11-01 00:00', '11:00', '23:00', '11-02 11:00']);
    });
  });

  it('says a span with days or offsets where it would be unclear without', () => {
    inZone('America/New_York', () => {
      expect(spanWords(at(0), at(HOUR / 2), 'local')).toBe('00:00:00 to 00:30:00');
      expect(spanWords(at(1.5 * HOUR), at(2.5 * HOUR), 'local')).toBe('01:30:00 -04:00 to 01:30:00 -05:00');
      expect(spanWords(at(-HOUR), at(HOUR), 'local')).toBe('2026-10-31 23:00:00 to 2026-11-01 01:00:00');
      expect(spanWords(at(0), at(HOUR), 'utc')).toBe('04:00:00Z to 05:00:00Z');
      expect(spanWords(at(0), at(500_000), 'utc')).toBe('04:00:00.000Z to 04:00:00.500Z');
      expect(spanWords(at(0), at(250), 'utc')).toBe('04:00:00.000000Z to 04:00:00.000250Z');
    });
  });

  it('follows the clock where it was set', () => {
    const clock = {
      openedAt: 0,
      clock: [
        { mono: 10, wall: 10 },
        { mono: 100, wall: 5_000_100 },
      ],
    };
    expect([0, 10, 99, 100, 200].map((mono) => wallAt(clock, mono))).toEqual([0, 10, 99, 5_000_100, 5_000_200]);
    expect([wasSet(clock), wasSet({ ...clock, clock: clock.clock.slice(0, 1) })]).toEqual([true, false]);
  });
});
