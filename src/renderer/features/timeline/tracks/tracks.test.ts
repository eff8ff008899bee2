import { describe, expect, it } from 'vitest';
import type { Lane } from '../../../../shared/domain.ts';
import type { Extents, Timeline } from '../../../../shared/timeline.ts';
import { laneOf, timelineOf } from '../testing.ts';
import { fieldOfId, idOfField } from './field.ts';
import { sayNumber, scaleAround } from './field-number.ts';
import type { FieldSlice } from './field-slice.ts';
import { fillBars } from './fill.ts';
import { roundUp } from './scale.ts';
import { trackOf } from './tracks.ts';
import { byteBars, rateBars } from './traffic.ts';

const buffers = { capacity: 16_384, highWater: { s2c: 0, c2s: 8192 } };
const span = { from: 0, to: 200_000 };
const drawing = (id: string, timeline: Timeline, part = span, field?: FieldSlice) => {
  const marks = [
    { seq: 3, mono: 150_000, mark: 'here', note: null },
    { seq: 4, mono: null, mark: 'gone', note: null },
  ];
  const track = trackOf(id);
  if (!track) throw new Error(`There is no track ${id}.`);
  return track.drawing({ timeline, buffers, marks, field }, part);
};

describe('bars', () => {
  it('add up both directions, a second', () => {
    const both = timelineOf({ c2s: laneOf({ messages: [1, 3], bytes: [10, 0] }), s2c: laneOf({ messages: [2, 0] }) });
    expect(rateBars(both, span).rows).toEqual([[30, 30]]);
    expect(byteBars(both, span).rows).toEqual([[100, 0]]);
  });

  it('of the rate show the most in a tenth of a second, however long a bucket is', () => {
    const long = timelineOf({
      ...{ width: 10_000_000, c2s: laneOf({ messages: [100, 2], bytes: [100, 900] }) },
      peaks: { messages: [50, 2], bytes: [90, 900] },
    });
    const whole = { from: 0, to: 20_000_000 };
    expect(rateBars(long, whole)).toMatchObject({ rows: [[10, 0.2]], peaks: [[500, 0.2]], top: 500 });
    expect(byteBars(long, whole)).toMatchObject({ rows: [[10, 90]], peaks: [[900, 9000]], top: 10 * 1024 });
    expect(drawing('rate', long, whole).at(5)).toBe('10/s, up to 500/s');
    expect(drawing('rate', long, whole).over(whole)).toBe('0.2/s to 500/s, mean 5.1/s');
  });

  it('of single messages do not fill the scale', () => {
    const { rows, top } = rateBars(timelineOf({ c2s: laneOf({ messages: [1, 1] }) }), span);
    expect(rows[0]?.[0]).toBe(10);
    expect(top).toBe(50);
  });

  it('show each buffer by lane, with the most that it ever held as a line', () => {
    const sent = timelineOf({ s2c: laneOf({ largest: [0, 4096] }) });
    expect(fillBars(sent, buffers, span)).toMatchObject({
      rows: [
        [0, 25],
        [0, 0],
      ],
      lines: [0, 50],
      top: 50,
    });
  });

  it('end at a full buffer, and have a scale before the capacity is known', () => {
    const claimed = timelineOf({ c2s: laneOf({ largest: [99_999_999, 0] }) });
    expect(fillBars(claimed, buffers, span).top).toBe(100);
    expect(fillBars(claimed, { ...buffers, capacity: 0 }, span).top).toBe(1);
  });

  it('have a scale for what is in view, which ends at a round figure', () => {
    expect([0.4, 1, 11, 21, 99].map((n) => roundUp(n, 10))).toEqual([0.5, 1, 20, 50, 100]);
    expect([1024, 1025, 600 * 1024].map((n) => roundUp(n, 1024) / 1024)).toEqual([1, 2, 1024]);
    const busy = timelineOf({ c2s: laneOf({ messages: [1900, 0], bytes: [3_000_000, 0] }) });
    const tops = (part: typeof span) => ['rate', 'bytes'].map((id) => drawing(id, busy, part).marks.at(-1)?.text);
    expect(tops(span)).toEqual(['20k/s', '50 MiB/s']);
    expect(tops({ from: 100_000, to: 200_000 })).toEqual(['50/s', '1 KiB/s']);
  });
});

describe('a track says', () => {
  const busy = timelineOf({
    s2c: laneOf({ messages: [2, 4], largest: [4096, 8192], unread: [30_000, 0] }),
    anomalies: [0, 2],
    timeouts: [1, 0],
    alarms: [1, 1],
  });

  it.each([
    ['rate', '20/s', '20/s to 40/s, mean 30/s'],
    ['fill', 'S→C 25 % · C→S 0 %', 'S→C 25 % to 50 %, mean 37.5 % · C→S 0 %'],
    ['slots', 'S→C unread 30.0 ms', 'S→C unread 30.0 ms'],
    ['anomalies', '1 timeout', '2 anomalies · 1 timeout'],
    ['alarms', '1 alarm', '2 alarms'],
    ['marks', '', '1 of 1 mark'],
  ])('%s: what is at a moment, and within a span', (id, at, over) => {
    expect(drawing(id, busy).at(50_000)).toBe(at);
    expect(drawing(id, busy).over(span)).toBe(over);
  });

  it('how long replies took, and that there were none', () => {
    const none: Extents = { least: [-1, -1], mean: [-1, -1], most: [-1, -1] };
    const replies: Record<Lane, Extents> = { s2c: { least: [100, -1], mean: [200, -1], most: [900, -1] }, c2s: none };
    const replied = drawing('latency', timelineOf({ replies }));
    expect(replied.at(50_000)).toBe('server 100 µs to 900 µs');
    expect(replied.at(150_000)).toBe('');
    expect(replied.over(span)).toBe('server 100 µs to 900 µs, mean 200 µs');
    expect(replied.marks.at(-1)?.text).toBe('1.0 ms');
    expect(drawing('latency', timelineOf()).over(span)).toBe('no replies');
  });
});

describe('a field', () => {
  const slice = (part: Partial<FieldSlice['series']>): FieldSlice => ({
    fromMono: 0,
    width: 100_000,
    series: {
      count: [2, 0],
      least: [1, 0],
      most: [4, 0],
      mean: [2, 0],
      first: [1, 0],
      last: [4, 0],
      states: [],
      ...part,
    },
  });
  const drawn = (part: Partial<FieldSlice['series']>) => drawing('field:both:price', timelineOf(), span, slice(part));

  it('is named by its path and lane, whatever stands in the path', () => {
    for (const field of [{ path: 'a:b.c[2]', lane: 's2c' } as const, { path: 'x', lane: null }])
      expect(fieldOfId(idOfField(field))).toEqual(field);
    expect(fieldOfId('rate')).toBeUndefined();
    expect(trackOf('field:s2c:order.price')?.label).toBe('price S→C');
  });

  it('that is a number says its least and most, and keeps its last value until the next', () => {
    expect(drawn({}).at(50_000)).toBe('1 to 4, mean 2');
    expect(drawn({}).at(150_000)).toBe('1 to 4, mean 2');
    expect(drawn({}).at(-1)).toBe('');
    expect(drawn({}).over(span)).toBe('1 to 4, mean 2 · 2 values');
    expect(drawn({ count: [0, 0] }).over(span)).toBe('no values');
    expect(drawn({}).marks.map(({ text }) => text)).toEqual(['0', '2', '4']);
  });

  it('that has states says them by name', () => {
    const states = [
      [1, 'BUY'],
      [4, 'SELL'],
    ] as const;
    expect(drawn({ states }).over(span)).toBe('BUY, SELL');
    expect(drawn({ states, most: [1, 0], last: [1, 0] }).at(150_000)).toBe('BUY');
  });

  it('has a scale around its values, and says numbers so that they can be read', () => {
    expect(scaleAround(1_000_003, 1_000_009)).toEqual({ bottom: 1_000_000, top: 1_000_010 });
    expect(scaleAround(5, 5)).toEqual({ bottom: 5, top: 10 });
    expect(scaleAround(0, 0).top).toBeGreaterThan(0);
    expect([1234, 1 / 3, 1.5e21, -1e-9].map(sayNumber)).toEqual(['1,234', '0.333333', '1.5e+21', '-1e-9']);
  });
});
