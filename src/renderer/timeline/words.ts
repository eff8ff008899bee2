import type { Role } from '../../shared/domain.ts';
import type { Timeline, TimelineLane } from '../../shared/timeline.ts';
import { formatByteCount, formatInteger, formatSize, plural } from '../format/bytes.ts';
import { formatClock, formatSpan } from '../format/time.ts';
import { laneOf } from './measures.ts';

/** Whole seconds of the local clock, as the axis says them. `wall` in µs since 1970. */
export const clockSeconds = (wall: number): string => formatClock(wall, 'local').slice(0, 8);

/** Marks of the time axis, with as many digits as tell them apart. `walls` in µs since 1970, ascending. */
export function clockMarks(walls: readonly number[]): string[] {
  const step = (walls[1] ?? Number.POSITIVE_INFINITY) - (walls[0] ?? 0);
  const digits = [1_000_000, 100_000, 10_000, 1000].findIndex((unit) => step >= unit);
  const length = digits <= 0 ? 8 : 9 + digits;
  return walls.map((wall) => formatClock(Math.round(wall), 'local').slice(0, length));
}

/** One bucket in words: when and how long, how much, what went wrong, how full and how long unread each slot was. */
export function bucketWords(timeline: Timeline, bucket: number, openedAt: number, role: Role): string {
  const at = formatClock(openedAt + timeline.fromMono + bucket * timeline.width, 'local').slice(0, 12);
  const happened = events(timeline, (column) => column[bucket] ?? 0);
  const lanes = [
    laneWords('S→C', laneOf(timeline, 's2c', role), bucket, timeline.width),
    laneWords('C→S', laneOf(timeline, 'c2s', role), bucket, timeline.width),
  ];
  const when = `${at} for ${formatSpan(timeline.width)}`;
  return [when, ...happened, ...lanes.filter((lane) => lane !== null)].join(' · ');
}

/** All that is shown in words, for who can't see it. */
export function timelineWords(timeline: Timeline, openedAt: number): string {
  const end = timeline.fromMono + timeline.width * timeline.timeouts.length;
  const happened = events(timeline, (column) => column.reduce((sum, n) => sum + n, 0));
  return `Timeline from ${clockSeconds(openedAt + timeline.fromMono)} to ${clockSeconds(openedAt + end)}: ${happened.join(', ')}.`;
}

function events(timeline: Timeline, count: (column: readonly number[]) => number): string[] {
  const messages = count(timeline.in.messages) + count(timeline.out.messages);
  const bytes = count(timeline.in.bytes) + count(timeline.out.bytes);
  const others: [number, string, string?][] = [
    [count(timeline.timeouts), 'timeout'],
    [count(timeline.exits), 'exit'],
    [count(timeline.anomalies), 'anomaly', 'anomalies'],
    [count(timeline.errors), 'error'],
  ];
  return [
    plural(messages, 'message') + (bytes > 0 ? ` of ${formatSize(bytes)}` : ''),
    ...others.filter(([n]) => n > 0).map(([n, one, many]) => plural(n, one, many ?? `${one}s`)),
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
