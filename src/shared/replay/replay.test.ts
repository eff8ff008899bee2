import { expect, test } from 'vitest';
import { SELF_DESCRIBING } from '../types/self-describing/forms.ts';
import { differenceBetween } from './difference.ts';
import { Lateness } from './lateness.ts';
import { parseTiming, printTiming } from './timing.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const json = SELF_DESCRIBING.json;
const inJson = (a: string, b: string, ...ignored: string[]) =>
  differenceBetween(utf8(a), utf8(b), { decoder: json, ignored });

test('messages with a type differ by field, and not where they are only written differently', () => {
  expect(inJson('{"id":1,"at":5}', '{"id":2,"at":6}')).toMatchObject({ place: 'id', expected: '1', actual: '2' });
  expect(inJson('{"id":1}', '{ "id": 1 }')).toBeUndefined();
  expect(inJson('{"id":1}', '{"id":1,"more":true}')).toMatchObject({ place: 'more', expected: 'nothing' });
});

test('fields that are ignored may differ, with all that lies in them', () => {
  expect(inJson('{"id":1,"h":{"t":1,"s":2}}', '{"id":1,"h":{"t":3,"s":4}}', 'h')).toBeUndefined();
  expect(inJson('{"l":[{"t":1},{"t":2}]}', '{"l":[{"t":7},{"t":8}]}', 'l[*].t')).toBeUndefined();
  expect(inJson('{"l":[{"t":1},{"t":2}]}', '{"l":[{"t":7},{"t":8}]}', 'l[0].t')).toMatchObject({ place: 'l[1].t' });
});

test('messages without a type, and what is none of it, differ by byte', () => {
  const bytes = (a: string, b: string) => differenceBetween(utf8(a), utf8(b), { decoder: undefined, ignored: [] });
  expect(bytes('same', 'same')).toBeUndefined();
  expect(bytes('abcd', 'abXd')).toMatchObject({ place: 'byte 2', expected: '63 64', actual: '58 64', type: null });
  expect(bytes('abcd', 'ab')).toMatchObject({ place: 'size', expected: '4 bytes', actual: '2 bytes' });
  expect(inJson('{"id":1}', 'no JSON')).toMatchObject({ place: 'byte 0' });
});

test.each(['original', 'lockstep', 'fast', '2x', '0.5x', '100/s'])('the timing %s is read as it is written', (text) => {
  const timing = parseTiming(text);
  expect(timing && printTiming(timing)).toBe(text);
});

test.each(['', 'slow', '0x', '-1x', '2000x', '1e3/s', '0/s'])('the timing "%s" is none', (text) => {
  expect(parseTiming(text)).toBeUndefined();
});

test('lateness is told to 10 µs, and the largest as it is', () => {
  const lateness = new Lateness();
  for (let micros = 0; micros < 1000; micros++) lateness.add(micros);
  lateness.add(250_000);
  expect(lateness.figures).toEqual({ count: 1001, p50: 510, p99: 1000, max: 250_000 });
});
