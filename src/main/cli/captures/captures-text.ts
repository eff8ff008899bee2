import type { CapturedSessionInfo, CaptureInfo } from '../../../shared/captures.ts';
import { isoMicros } from '../../../shared/json-record.ts';
import { nameOnOneLine, oneLine } from '../../capture/export/visible.ts';
import { aligned } from '../table.ts';

/** The most channels of a capture that are named in its line. */
const MAX_NAMED = 3;

export function captureTable(captures: readonly CaptureInfo[]): string[] {
  const heads = ['CAPTURE', 'WRITTEN', 'SIZE', 'SESSIONS', 'RECORDS', 'CHANNELS', 'TITLE'];
  return aligned([heads, ...captures.map(captureCells)]);
}

function captureCells({ file, title, bytes, writtenAt, sessions, problem }: CaptureInfo): string[] {
  const records = sessions.reduce((sum, session) => sum + session.records, 0);
  return [
    nameOnOneLine(file),
    second(writtenAt),
    sizeOf(bytes),
    problem ? '!' : count(sessions.length),
    count(records),
    channelsOf(sessions),
    title === null ? '' : oneLine(title),
  ];
}

export function sessionTable(sessions: readonly CapturedSessionInfo[]): string[] {
  if (sessions.length === 0) return ['No sessions.'];
  const heads = ['SESSION', 'ROLE', 'CHANNEL', 'OPENED', 'RECORDS', 'S→C', 'C→S', 'TIMEOUTS', 'ERRORS', 'ANOMALIES'];
  return aligned([heads, ...sessions.map(sessionCells)]);
}

function sessionCells({ session, role, section, openedAt, records, removed, counts }: CapturedSessionInfo): string[] {
  const told = counts
    ? [counts.messages.s2c, counts.messages.c2s, counts.timeouts, counts.errors, counts.anomalies].map(count)
    : ['?', '?', '?', '?', '?'];
  const gone = removed > 0 ? ` (${count(removed)} removed)` : '';
  return [String(session), role, nameOnOneLine(section), second(openedAt), `${count(records)}${gone}`, ...told];
}

const count = (n: number): string => n.toLocaleString('en-US');
/** UTC. */
const second = (micros: number): string => `${isoMicros(micros).slice(0, -'.000000Z'.length)}Z`;

function channelsOf(sessions: readonly CapturedSessionInfo[]): string {
  const names = [...new Set(sessions.map(({ section }) => nameOnOneLine(section)))];
  return [...names.slice(0, MAX_NAMED), ...(names.length > MAX_NAMED ? ['…'] : [])].join(', ') || '–';
}

function sizeOf(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const step = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const value = bytes / 1024 ** step;
  return `${value.toFixed(step > 0 && value < 100 ? 1 : 0)} ${units[step]}`;
}
