import { COUNTED } from '../../../shared/record-kind.ts';
import type { Timeline, TimelineLane } from '../../../shared/timeline.ts';
import { formatByteCount, formatInteger, formatSize, plural } from '../../kit/format/bytes.ts';
import { formatClock, formatDay, formatSpan, offsetOf, type Zone } from '../../kit/format/time.ts';
import type { Span } from './range.ts';
import { bucketAt, partOf, total } from './tracks/buckets.ts';
import { wallAt } from './wall.ts';

/** A time of day with this many of its characters, as on the axis. `wall` in µs since 1970. */
const clock = (wall: number, zone: Zone, length: number): string =>
  formatClock(wall, zone).slice(0, length) + (zone === 'utc' ? 'Z' : '');

/**
 * "10:00:02 to 10:01:00": with days if there are two, with offsets if the clock was changed in between, and with as
 * many digits as a short span needs.
 */
export function spanWords(from: number, to: number, zone: Zone): string {
  const days = [from, to].map((wall) => formatDay(wall, zone));
  const offsets = [from, to].map((wall) => (zone === 'utc' ? '' : offsetOf(wall)));
  const say = (wall: number, i: number) =>
    [
      ...(days[0] === days[1] ? [] : [days[i]]),
      clock(wall, zone, SECONDS + digitsFor(to - from)),
      ...(offsets[0] === offsets[1] ? [] : [offsets[i]]),
    ].join(' ');
  return `${say(from, 0)} to ${say(to, 1)}`;
}

/** Characters of a fraction of a second. */
const digitsFor = (micros: number): number =>
  micros >= 10_000_000 ? 0 : micros >= 10_000 ? '.123'.length : '.123456'.length;

const SECONDS = '10:00:02'.length;
const MINUTES = '10:00'.length;

/**
 * Ticks of the time axis, with as many digits as they need to differ; if they span several days, the first of each day
 * has its date. `marks` in µs since the session began, ascending and evenly spaced; `at` tells what the wall clock
 * showed, in µs since 1970.
 */
export function clockMarks(marks: readonly number[], at: (mono: number) => number, zone: Zone): string[] {
  const step = (marks[1] ?? Number.POSITIVE_INFINITY) - (marks[0] ?? 0);
  const digits = [1_000_000, 100_000, 10_000, 1000, 100, 10, 1].findIndex((unit) => step >= unit);
  const days = marks.map((mark) => formatDay(at(mark), zone).slice('2025-'.length));
  if (new Set(days).size < 2) {
    const length = digits <= 0 ? SECONDS : SECONDS + 1 + digits;
    return marks.map((mark) => clock(at(mark), zone, length));
  }
  const length = step >= 60_000_000 ? MINUTES : SECONDS;
  return marks.map((mark, i) => (days[i] === days[i - 1] ? '' : `${days[i]} `) + clock(at(mark), zone, length));
}

/** How times are shown: `openedAt` if nothing is known about the clock, in µs since 1970. */
export interface Shown {
  readonly openedAt: number;
  readonly zone: Zone;
}

/** One bucket in words: when and how long, how much, what went wrong, how full and how long unread each slot was. */
export function bucketWords(timeline: Timeline, bucket: number, shown: Shown): string {
  const wall = wallAt({ ...shown, ...timeline }, timeline.fromMono + bucket * timeline.width);
  const at = clock(wall, shown.zone, '10:00:02.500'.length);
  const happened = events(timeline, (column) => column[bucket] ?? 0);
  const lanes = [
    laneWords('S→C', timeline.s2c, bucket, timeline.width),
    laneWords('C→S', timeline.c2s, bucket, timeline.width),
  ];
  const when = `${at} for ${formatSpan(timeline.width)}`;
  return [when, ...happened, ...lanes.filter((lane) => lane !== null)].join(' · ');
}

/** The same for the bucket that contains a moment; nothing if there is none. */
export function momentWords(timeline: Timeline, mono: number, shown: Shown): string {
  const bucket = bucketAt(timeline, mono);
  return bucket in timeline.timeouts ? bucketWords(timeline, bucket, shown) : '';
}

/** Everything shown in words, for those who can't see it. */
export function timelineWords(timeline: Timeline, { from, to }: Span, shown: Shown): string {
  const at = (mono: number) => wallAt({ ...shown, ...timeline }, mono);
  const happened = events(timeline, (column) => total(partOf(timeline, column, { from, to })));
  return `Timeline from ${spanWords(at(from), at(to), shown.zone)}: ${happened.join(', ')}.`;
}

function events(timeline: Timeline, count: (column: readonly number[]) => number): string[] {
  const messages = count(timeline.s2c.messages) + count(timeline.c2s.messages);
  const bytes = count(timeline.s2c.bytes) + count(timeline.c2s.bytes);
  return [
    plural(messages, 'message') + (bytes > 0 ? ` of ${formatSize(bytes)}` : ''),
    ...COUNTED.flatMap(({ counter, one }) => {
      const n = count(timeline[counter]);
      return n > 0 ? plural(n, one, counter) : [];
    }),
  ];
}

function laneWords(name: string, lane: TimelineLane, bucket: number, width: number): string | null {
  const messages = lane.messages[bucket] ?? 0;
  const unread = lane.unread[bucket] ?? 0;
  if (messages === 0 && unread === 0) return null;
  const fill =
    messages === 0 ? '' : ` ${formatInteger(messages)}, largest ${formatByteCount(lane.largest[bucket] ?? 0)},`;
  const rest = Math.max(0, width - unread);
  return `${name}${fill} unread ${formatSpan(unread)}${rest > 0 ? `, nothing new ${formatSpan(rest)}` : ''}`;
}
