import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { alarmMistake, completeAlarm, highlightAlarm, MAX_ALARM_TEXT, parseAlarm, printAlarm } from './alarm.ts';
import { alarmTextsSchema, MAX_ALARMS } from './texts.ts';

function alarm(text: string) {
  const parsed = parseAlarm(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`);
  return JSON.parse(JSON.stringify(parsed.alarm, (key, value) => (key === 'span' ? undefined : value)));
}

function mistake(text: string) {
  const parsed = parseAlarm(text);
  if (parsed.ok) throw new Error(`${text} was understood.`);
  const { span, message, expected } = parsed.error;
  return { at: text.slice(span.from, span.to), from: span.from, message, expected };
}

describe('an alarm', () => {
  test.each<[string, unknown]>([
    ['unread > 500ms', { type: 'unread', lane: null, micros: 500_000 }],
    ['unread>500ms', { type: 'unread', lane: null, micros: 500_000 }],
    ['  S2C  Unread  >  1.5 s ', { type: 'unread', lane: 's2c', micros: 1_500_000 }],
    ['silent 5s', { type: 'silent', lane: null, micros: 5_000_000 }],
    ['c2s silent 2 m', { type: 'silent', lane: 'c2s', micros: 120_000_000 }],
    ['rate < 10/s', { type: 'rate', lane: null, sign: '<', count: 10, unit: 's' }],
    ['s2c rate>=100/s', { type: 'rate', lane: 's2c', sign: '>=', count: 100, unit: 's' }],
    ['rate <= 0 / m', { type: 'rate', lane: null, sign: '<=', count: 0, unit: 'm' }],
    ['rate > 0/H', { type: 'rate', lane: null, sign: '>', count: 0, unit: 'h' }],
    ['anomaly', { type: 'anomaly', lane: null, codes: '*' }],
    ['c2s anomaly', { type: 'anomaly', lane: 'c2s', codes: '*' }],
    ['anomaly overrun, Torn-Read', { type: 'anomaly', lane: null, codes: ['overrun', 'torn-read'] }],
    ['anomaly overrun torn-read', { type: 'anomaly', lane: null, codes: ['overrun', 'torn-read'] }],
    ['missed', { type: 'missed', lane: null }],
    ['silent for 5s', { type: 'silent', lane: null, micros: 5_000_000 }],
    ['unread > 2 min', { type: 'unread', lane: null, micros: 120_000_000 }],
    ['rate < 600/min', { type: 'rate', lane: null, sign: '<', count: 600, unit: 'm' }],
    ['anomaly for 3', { type: 'filter', times: 3, filter: { type: 'kind' } }],
    ['anomaly overrun, torn-read for 2', { type: 'filter', times: 2, filter: { type: 'code' } }],
    ['c2s missed for 2', { type: 'filter', times: 2, filter: { type: 'and' } }],
    ['latency:>5ms for 3', { type: 'filter', times: 3, filter: { type: 'latency' } }],
    ['"latency > 5ms"', { type: 'filter', times: 1, filter: { type: 'text', text: 'latency > 5ms' } }],
    ['order 0', { type: 'filter', times: 1, filter: { type: 'and' } }],
    ['order 5', { type: 'filter', times: 1, filter: { type: 'and' } }],
    ['size:>1k for 3', { type: 'filter', times: 3, filter: { type: 'size', comparison: { op: '>', value: 1024 } } }],
    ['abc', { type: 'filter', times: 1, filter: { type: 'text', text: 'abc', ignoreCase: false } }],
    ['"rate"', { type: 'filter', times: 1, filter: { type: 'text', text: 'rate', ignoreCase: false } }],
    ['rated', { type: 'filter', times: 1, filter: { type: 'text', text: 'rated', ignoreCase: false } }],
    ['"x for 3"', { type: 'filter', times: 1, filter: { type: 'text', text: 'x for 3', ignoreCase: false } }],
    ['x for 3 FOR 2', { type: 'filter', times: 2 }],
    ['after:2025-01-31T10:00Z kind:timeout', { type: 'filter', times: 1 }],
  ])('%s is understood, printed, and the same again', (text, expected) => {
    const understood = alarm(text);
    expect(understood).toMatchObject(expected as object);
    const parsed = parseAlarm(text);
    expect(parsed.ok && alarm(printAlarm(parsed.alarm))).toEqual(understood);
  });

  test.each([
    ['', '', 0, 'Say what the alarm waits for'],
    ['unread 500ms', '500ms', 7, 'unread needs >'],
    ['unread >= 500ms', '>= 500ms', 7, 'unread needs >'],
    ['unread > 5s for 3', 'for 3', 12, 'can follow a filter, anomaly or missed, but not unread'],
    ['rate < 10/s for 3', 'for 3', 12, 'not rate'],
    ['silent for 5', '5', 11, 'a time with its unit'],
    ['anomaly for 0', 'for 0', 8, 'a number from 1 to 1,000,000'],
    ['anomaly nonsense for 2', 'nonsense', 8, 'no anomaly “nonsense”'],
    ['unraed > 500ms', 'unraed', 0, 'no condition “unraed”'],
    ['s2c silence 5s', 'silence', 4, 'no condition “silence”'],
    ['latency > 5ms', 'latency >', 0, 'needs a colon: latency:>5ms'],
    ['jitter>5ms', 'jitter', 0, 'Conditions are unread, silent, rate, anomaly, missed'],
    ['size > 100 for 3', 'size >', 0, 'needs a colon: size:>100'],
    ['idle 5 s for 3', 'idle', 0, 'no condition “idle”'],
    ['!missed', '!', 0, "can't stand before missed"],
    [' not Silent', 'not', 1, 'only a filter can be negated'],
    ['-anomaly for 3', '-', 0, 'put it in quotes'],
    ['anomaly:missed', 'anomaly', 0, 'Use code: instead'],
    ['unread > 500', '500', 9, 'a time with its unit'],
    ['unread >', '', 8, 'a time with its unit'],
    ['silent', '', 6, 'such as silent 5s'],
    ['silent 0', '0', 7, 'a time with its unit'],
    ['silent 25h', '25h', 7, 'at most a day'],
    ['silent for a while', 'for a while', 7, 'write "silent"'],
    ['rate 10/s', '10/s', 5, 'rate needs >=, <=, >, <'],
    ['rate < 10', '10', 7, 'per second, minute or hour'],
    ['rate < 1.5/s', '1.5/s', 7, 'a whole number'],
    ['rate < 0/s', '0/s', 7, 'never < 0'],
    ['rate >= 0/s', '0/s', 8, 'always >= 0'],
    ['rate < 99999999999/s', '99999999999/s', 7, 'a whole number'],
    ['anomaly overrun, nonsense', 'nonsense', 17, 'no anomaly “nonsense”'],
    ['missed > 3', '> 3', 7, 'Nothing can follow missed'],
    ['s2c "abc"', 's2c', 0, 'write lane:s2c'],
    ['s2c', 's2c', 0, 'write lane:s2c'],
    ['size:>1k for 0', 'for 0', 9, 'a number from 1 to 1,000,000'],
    ['size:>1k for', 'for', 9, 'a number from 1'],
    ['size:>1k for 1000001', 'for 1000001', 9, 'a number from 1'],
    [' for 3', ' for 3', 0, 'A filter is missing'],
    ['size:huge for 3', 'huge', 5, 'size: needs'],
    ['abc (kind:message', '(', 4, 'no matching )'],
    ['kind:message mark:*', 'mark:*', 13, 'set after'],
    ['not after:10:00', 'after:10:00', 4, 'with its zone'],
  ])('%j is refused at %j', (text, at, from, saying) => {
    expect(mistake(text)).toMatchObject({ at, from, message: expect.stringContaining(saying) });
  });

  test('that is too long is refused where it becomes so', () => {
    expect(mistake('x'.repeat(MAX_ALARM_TEXT + 2))).toMatchObject({ at: 'xx', from: MAX_ALARM_TEXT });
  });

  test('is reported with its place and the reason', () => {
    const parsed = parseAlarm('silent 5');
    expect(parsed.ok || alarmMistake('silent 5', parsed.error)).toMatch(
      /mistake at “5”, its character 8: silent needs a time/,
    );
  });

  test('is refused at the boundary where it is too long, or one too many', () => {
    const refusal = (texts: unknown) => v.safeParse(alarmTextsSchema, texts).issues?.[0].message;
    expect(refusal(['x'.repeat(MAX_ALARM_TEXT + 1)])).toMatch(/at most/);
    expect(refusal(new Array(MAX_ALARMS + 1).fill('missed'))).toMatch(/at most/);
    expect(refusal(['silent 5s', 'size:>1k for 3'])).toBeUndefined();
  });
});

describe('what could be written', () => {
  const offers = (text: string, caret = text.length) => completeAlarm(text, caret).map((each) => each.text);
  const accepted = (text: string, choice: string) => {
    const { span, text: word } = completeAlarm(text, text.length).find((each) => each.text === choice) ?? {};
    return span && text.slice(0, span.from) + word + text.slice(span.to);
  };

  test('first are the conditions, the lanes and the fields of a filter', () => {
    expect(offers('')).toEqual(expect.arrayContaining(['unread ', 'silent ', 's2c ', 'kind:']));
    expect(offers('si')).toEqual(['silent ', 'size:']);
    expect(offers('s2c ')).toEqual(['unread ', 'silent ', 'rate ', 'anomaly ', 'missed ']);
    expect(offers('c2s ra')).toEqual(['rate ']);
  });

  test('goes on as the condition does', () => {
    expect(offers('rate ')).toContain('< 10/s');
    expect(accepted('silent 1', '1s')).toBe('silent 1s');
    expect(accepted('anomaly overrun, lo', 'lost-wake')).toBe('anomaly overrun, lost-wake');
    expect(accepted('missed f', 'for 3')).toBe('missed for 3');
    expect(offers('anomaly overrun ')).not.toContain('overrun');
  });

  test('after a term of a filter is for, and what a filter goes on with', () => {
    expect(offers('size:>1k ')).toEqual(expect.arrayContaining(['kind:', 'or ', 'for 3']));
    expect(accepted('size:>1k f', 'for 3')).toBe('size:>1k for 3');
    expect(offers('kind:an')).toEqual(['anomaly']);
  });
});

test('every part of an alarm is coloured once', () => {
  const kinds = (text: string) =>
    highlightAlarm(text).map(({ span, kind }) => `${text.slice(span.from, span.to)}=${kind}`);
  expect(kinds(' s2c unread > 5s ')).toEqual(['s2c unread=field', '> 5s=value']);
  expect(kinds('missed')).toEqual(['missed=field']);
  expect(kinds('anomaly overrun for 3')).toEqual(['anomaly=field', 'overrun=value', 'for 3=operator']);
  expect(kinds('missed for 2')).toEqual(['missed=field', 'for 2=operator']);
  expect(kinds('kind:exit "a" for 3')).toEqual(['kind:=field', 'exit=value', '"a"=text', 'for 3=operator']);
});
