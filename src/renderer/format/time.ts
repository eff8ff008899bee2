const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

/** How the time column counts: as a clock, since the session's start, the row before or a chosen record, or since 1970. */
export const TIME_MODES = ['local', 'utc', 'start', 'previous', 'marked', 'epoch'] as const;
export type TimeMode = (typeof TIME_MODES)[number];

/** Wall clock in µs since 1970 → "12:04:31.000388". */
export function formatClock(wall: number, zone: 'local' | 'utc'): string {
  const date = new Date(Math.floor(wall / 1000));
  const micros = pad(((wall % 1_000_000) + 1_000_000) % 1_000_000, 6);
  return zone === 'utc'
    ? `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}.${micros}`
    : `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}.${micros}`;
}

/** Wall clock in µs since 1970 → "2026-03-01 12:04:31.000388". */
export function formatDateTime(wall: number, zone: 'local' | 'utc'): string {
  const date = new Date(Math.floor(wall / 1000));
  const day =
    zone === 'utc'
      ? `${date.getUTCFullYear()}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`
      : `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day} ${formatClock(wall, zone)}`;
}

/** µs since the session began → "0:00:01.500000", hours unbounded. */
export function formatSinceStart(mono: number): string {
  const seconds = Math.floor(mono / 1_000_000);
  const clock = `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return `${clock}.${pad(mono % 1_000_000, 6)}`;
}

/** µs as seconds, to the microsecond, with its sign → "+0.001500", "−12.000000". */
export function formatSeconds(micros: number): string {
  const all = Math.abs(micros);
  return `${micros < 0 ? '−' : '+'}${Math.floor(all / 1_000_000)}.${pad(all % 1_000_000, 6)}`;
}

/** @param from what the modes `previous` and `marked` count from, in µs since the session began; null where there is nothing. */
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

/** A span in µs with its unit, three figures at most. */
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

/** Milliseconds as testers write them: "1,000 ms". */
export const formatMs = (ms: number): string => `${Math.round(ms).toLocaleString('en-US')} ms`;
