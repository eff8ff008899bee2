import { describe, expect, it } from 'vitest';
import type { LiveSession, TapSnapshot } from '../../../shared/session.ts';
import { NO_COUNTS } from '../../../shared/session-counts.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import { axisMarks } from '../timeline/axis.ts';
import { scaleOf } from './strip-plot.ts';
import { watched } from './watch-store.ts';
import { complaintsOf, momentWords, watchLine } from './words.ts';

const part = <T>(known: Partial<T>): T => known as T;
const lane = (messages: number[], unread: number[]) => part<Timeline['s2c']>({ messages, unread });
const timeline = part<Timeline>({
  s2c: lane([0, 3, 0], [0, 0, 0]),
  c2s: lane([0, 2, 0], [0, 12_000, 0]),
  anomalies: [0, 1, 0],
  errors: [0, 0, 0],
  alarms: [0, 0, 1],
});

describe('what is watched', () => {
  const sessions = [1, 2, 3].map((id) => part<LiveSession>({ id }));
  const ids = (picked: number[]) => watched(sessions, picked).map(({ id }) => id);

  it('is all sessions, or those that were picked, in the order of the list', () => {
    expect(ids([])).toEqual([1, 2, 3]);
    expect(ids([3, 1])).toEqual([1, 3]);
  });

  it('is all again when none of the picked ones is left', () => {
    expect(ids([7])).toEqual([1, 2, 3]);
  });
});

describe('the axis', () => {
  it('has marks that are round on the wall, not more than there is room for', () => {
    const offset = 300_000;
    expect(axisMarks(1_000_000, 11_000_000, offset, 6).map((mark) => mark + offset)).toEqual([
      2_000_000, 4_000_000, 6_000_000, 8_000_000, 10_000_000,
    ]);
    expect(axisMarks(0, 60_000_000, 0, 2)).toEqual([0, 30_000_000, 60_000_000]);
    expect(axisMarks(0, 10_000_000, 0, 0).length).toBeLessThan(3);
  });
});

describe('a strip', () => {
  it('says what happened at the crosshair', () => {
    expect(momentWords(timeline, 1, [])).toBe('S→C 3 · C→S 2, unread 12.0 ms · 1 anomaly or error');
    expect(momentWords(timeline, 0, [])).toBe('nothing');
    expect(momentWords(timeline, 2, ['s2c'])).toBe('S→C 0, unread · 1 alarm');
  });

  it('has one scale for both lanes, in which a lone message is not full', () => {
    expect(scaleOf(timeline)).toBe(3);
    const quiet = part<Timeline>({ s2c: lane([1], [0]), c2s: lane([0], [0]) });
    expect(scaleOf(quiet)).toBeGreaterThan(1);
  });
});

describe('a line of the list', () => {
  const open = { state: 'open', layout: 'sized', waiting: null, counts: NO_COUNTS } as const;
  const tap = part<TapSnapshot>({ ...open, kind: 'tap', role: 'tap', mode: 'full' });

  it('says what a session is and how it is', () => {
    expect(watchLine(tap)).toBe('tap · sized · full speed');
    expect(watchLine({ ...tap, state: 'closed' })).toBe('tap · sized · closed');
    expect(watchLine(part<LiveSession>({ ...open, kind: 'endpoint', role: 'server', peerExited: true }))).toBe(
      'server · sized · peer exited',
    );
  });

  it('says what is wrong, worst first, and what was missed', () => {
    expect(complaintsOf(tap)).toEqual([{ text: 'no anomalies', tone: 'calm' }]);
    const counts = { ...NO_COUNTS, anomalies: 2, errors: 1, missed: 1200 };
    const wrong = part<TapSnapshot>({ ...tap, counts });
    expect(complaintsOf(wrong).map(({ text }) => text)).toEqual(['1 error', '▲ 2', '1,200 missed']);
  });
});
