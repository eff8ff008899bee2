import * as v from 'valibot';
import { MAX_ALARM_TEXT } from './ast.ts';

/** The most alarms of a session. */
export const MAX_ALARMS = 16;

/**
 * The texts of a session's alarms. They are parsed where they are set: the contract, which every page loads, doesn't
 * include the language.
 */
export const alarmTextsSchema = v.pipe(
  v.array(
    v.pipe(
      v.string('An alarm is a text.'),
      v.maxLength(MAX_ALARM_TEXT, `An alarm can have at most ${MAX_ALARM_TEXT} characters.`),
    ),
    'Alarms are a list of texts.',
  ),
  v.maxLength(MAX_ALARMS, `A session can have at most ${MAX_ALARMS} alarms.`),
);
