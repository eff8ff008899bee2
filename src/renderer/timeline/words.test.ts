import { describe, expect, it } from 'vitest';
import type { Timeline } from '../../shared/timeline.ts';
import { laneOf, timelineOf } from './testing.ts';
import { bucketWords, clockMarks, timelineWords } from './words.ts';

const timeline = (part: Partial<Timeline> = {}) => timelineOf({ width: 1_000_000, ...part });

describe('a timeline in words', () => {
  it('names the lanes by the role: what a server sends goes from server to client', () => {
    const sent = timeline({
      out: laneOf({ messages: [0, 3], bytes: [0, 2048], largest: [0, 1024], unread: [0, 620_000] }),
    });
    expect(bucketWords(sent, 1, 0, 'server')).toMatch(
      / for 1\.0 s · 3 messages of 2 KiB · S→C 3, largest 1,024 bytes, unread 620 ms, nothing new 380 ms$/,
    );
    expect(bucketWords(sent, 1, 0, 'client')).toContain('C→S 3');
  });

  it('leaves out what did not happen', () => {
    expect(bucketWords(timeline(), 0, 0, 'server')).toMatch(/^\d\d:\d\d:\d\d\.\d{3} for 1\.0 s · 0 messages$/);
  });

  it('tells a slot that stayed unread without a new message', () => {
    const waiting = timeline({ in: laneOf({ unread: [1_000_000, 0] }) });
    expect(bucketWords(waiting, 0, 0, 'server')).toMatch(/C→S unread 1\.0 s$/);
  });

  it('sums up all that is shown', () => {
    const words = timelineWords(timeline({ anomalies: [1, 1], in: laneOf({ messages: [2, 3] }) }), 0);
    expect(words).toMatch(/^Timeline from \S+ to \S+: 5 messages, 2 anomalies\.$/);
  });

  it('gives the axis as many digits as tell its marks apart', () => {
    expect(clockMarks([0, 2_000_000]).map((mark) => mark.length)).toEqual([8, 8]);
    expect(clockMarks([0, 500_000]).map((mark) => mark.slice(-4))).toEqual(['00.0', '00.5']);
  });
});
