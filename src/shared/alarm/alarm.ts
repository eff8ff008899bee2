import type { FilterError } from '../filter/filter.ts';

/** What alarms wait for, as text, and what a session reports about them. */
export { MAX_ALARM_TEXT } from './ast.ts';
export { completeAlarm } from './complete.ts';
export { highlightAlarm } from './highlight.ts';
export { parseAlarm } from './parse.ts';
export { printAlarm } from './print.ts';

/** A mistake in the text of an alarm, as a sentence that says where it is. */
export function alarmMistake(text: string, { span, message }: FilterError): string {
  const part = text.slice(span.from, Math.min(span.to, span.from + 40));
  const place = part === '' ? `at its character ${span.from + 1}` : `at “${part}”, its character ${span.from + 1}`;
  return `The alarm has a mistake ${place}: ${message}`;
}

/** The last time that an alarm fired. */
export interface LastFiring {
  /** Its record's number. */
  readonly seq: number;
  /** Wall clock, µs since 1970. */
  readonly wall: number;
  /** When what it reports began, and when it fired, in µs since the session began. */
  readonly from: number;
  readonly mono: number;
  /** What was seen, as a sentence without its full stop. */
  readonly says: string;
}

/** An alarm of a session. */
export interface AlarmState {
  readonly text: string;
  /** `stopped`: it no longer watches, and `why` says why. */
  readonly state: 'armed' | 'fired' | 'stopped';
  readonly why: string | null;
  /** How often it has fired since it was set. */
  readonly count: number;
  readonly last: LastFiring | null;
}
