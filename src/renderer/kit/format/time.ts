import { localAt, offsetAt } from '../../../shared/zone.ts';
import { formatInteger } from './bytes.ts';

const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

/**
 * What the time column shows: a clock, or the time since the session's start, the previous row or a chosen record, or
 * since 1970.
 */
export const TIME_MODES = ['local', 'utc', 'start', 'previous', 'marked', 'epoch'] as const;
export type TimeMode = (typeof TIME_MODES)[number];

export const TIME_WORDS: Readonly<Record<TimeMode, string>> = {
  local: 'Local time',
  utc: 'UTC',
  start: 'Since start',
  previous: 'Since previous row',
  marked: 'Since time reference',
  epoch: 'Unix time (seconds)',
};

/** Which clock a time is shown by: the window's own, or UTC. */
export type Zone = 'local' | 'utc';

const MINUTE = 60_000_000;

/**
 * Wall clock in µs since 1970 → "12:04:31.000388", in UTC "12:04:31.000388Z": pasted into a filter it means the same
 * time again.
 */
export const formatClock = (wall: number, zone: Zone): string =>
  clockOf(shown(wall, zone)) + (zone === 'utc' ? 'Z' : '');

/** Wall clock in µs since 1970 → "2026-03-01 12:04:31.000388 +01:00", in UTC "2026-03-01 12:04:31.000388Z". */
export function formatDateTime(wall: number, zone: Zone): string {
  const local = shown(wall, zone);
  return `${dayOf(local)} ${clockOf(local)}${zone === 'utc' ? 'Z' : ` ${offsetOf(wall)}`}`;
}

/** A clock's date → "2026-03-01". */
export const formatDay = (wall: number, zone: Zone): string => dayOf(shown(wall, zone));

/** "+01:00"; "+00:00" in UTC. */
export function offsetOf(wall: number): string {
  const minutes = Math.round(offsetAt(wall) / MINUTE);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
}

const shown = (wall: number, zone: Zone) => (zone === 'utc' ? wall : localAt(wall));

/** The time within the day, in µs since 1970 as a clock shows them. */
function clockOf(local: number): string {
  const micros = ((local % DAY) + DAY) % DAY;
  const seconds = Math.floor(micros / 1_000_000);
  const clock = `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return `${clock}.${pad(micros % 1_000_000, 6)}`;
}

const DAY = 1440 * MINUTE;
const dayOf = (local: number) => new Date(Math.floor(local / 1000)).toISOString().slice(0, 10);

/** µs since the session began → "+0:00:01.500000", hours unbounded. */
export function formatSinceStart(mono: number): string {
  const seconds = Math.floor(mono / 1_000_000);
  const clock = `+${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return `${clock}.${pad(mono % 1_000_000, 6)}`;
}

/** µs as seconds, exact to the microsecond, with its sign → "+0.001500", "−12.000000". */
function formatSeconds(micros: number): string {
  const all = Math.abs(micros);
  return `${micros < 0 ? '−' : '+'}${Math.floor(all / 1_000_000)}.${pad(all % 1_000_000, 6)}`;
}

/** @param from what the modes `previous` and `marked` count from, in µs since the session began; null if nothing. */
export function formatTime(record: { wall: number; mono: number }, mode: TimeMode, from: number | null): string {
  switch (mode) {
    case 'local':
    case 'utc':
      return formatClock(record.wall, mode);
    case 'start':
      return formatSinceStart(record.mono);
    case 'epoch':
      return `${Math.floor(record.wall / 1_000_000)}.${pad(((record.wall % 1_000_000) + 1_000_000) % 1_000_000, 6)}`;
    case 'previous':
    case 'marked':
      return from === null ? '' : formatSeconds(record.mono - from);
  }
}

/** µs between two records → "+412 µs", "+13.8 ms", "+37.0 s", "+2 m 05 s", "+3 h 12 m". */
export function formatDelta(micros: number): string {
  const sign = micros < 0 ? '−' : '+';
  return sign + formatSpan(Math.abs(micros));
}

/** A span in µs with its unit, at most three digits. */
export function formatSpan(micros: number): string {
  if (micros < 1000) return `${Math.round(micros)} µs`;
  if (micros < 99_950) return `${(micros / 1000).toFixed(1)} ms`;
  if (micros < 999_500) return `${Math.round(micros / 1000)} ms`;
  if (micros < 59_950_000) return `${(micros / 1_000_000).toFixed(1)} s`;
  const seconds = Math.round(micros / 1_000_000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${pad(seconds % 60)} s`;
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} m`;
}

/** µs from a message to its reply. A reply can't take 0: both were seen in one look, or no finer clock was read. */
export const formatLatency = (micros: number): string => (micros === 0 ? '≈ 0' : formatSpan(micros));

/** Milliseconds as testers write them: "1,000 ms". */
export const formatMs = (ms: number): string => `${formatInteger(Math.round(ms))} ms`;
