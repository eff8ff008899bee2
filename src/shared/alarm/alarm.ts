import * as v from 'valibot';
import { MAX_ALARM_TEXT } from './ast.ts';
import { parseAlarm } from './parse.ts';

/** What alarms wait for, as text, and what a session tells of them. */
export { MAX_ALARM_TEXT } from './ast.ts';
export { completeAlarm } from './complete.ts';
export { highlightAlarm } from './highlight.ts';
export { parseAlarm } from './parse.ts';
export { printAlarm } from './print.ts';

/** Most alarms of a session. */
export const MAX_ALARMS = 16;

const alarmTextSchema = v.pipe(
  v.string('An alarm is a text.'),
  v.maxLength(MAX_ALARM_TEXT, `An alarm can have at most ${MAX_ALARM_TEXT} characters.`),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const parsed = parseAlarm(dataset.value);
    if (!parsed.ok) addIssue({ message: mistakeIn(dataset.value, parsed.error) });
  }),
);

export const alarmsSchema = v.pipe(
  v.array(alarmTextSchema, 'Alarms are a list of texts.'),
  v.maxLength(MAX_ALARMS, `A session can have at most ${MAX_ALARMS} alarms.`),
);

/** A mistake as a sentence that says where it stands. */
function mistakeIn(text: string, { span, message }: { span: { from: number; to: number }; message: string }) {
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
  /** When what it tells of began, and when it fired, in µs since the session began. */
  readonly from: number;
  readonly mono: number;
  /** What was seen, as a sentence without its full stop. */
  readonly says: string;
}

/** An alarm of a session. */
export interface AlarmState {
  readonly text: string;
  /** `stopped`: it watches no more, and `why` says why. */
  readonly state: 'armed' | 'fired' | 'stopped';
  readonly why: string | null;
  /** How often it has fired since it was set. */
  readonly count: number;
  readonly last: LastFiring | null;
}
