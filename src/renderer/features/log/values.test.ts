import { expect, test } from 'vitest';
import { exclude, only, parseFilter, resolveInstant } from '../../../shared/filter/filter.ts';
import type { LogRow } from '../../../shared/log.ts';
import { encodeUtf8 } from '../../../shared/text/utf8.ts';
import { valuesOf } from './values.ts';

const message = (preview: Uint8Array, size = preview.length): LogRow => ({
  seq: 7,
  kind: 'message',
  lane: 'c2s',
  direction: 'in',
  wall: Date.UTC(2026, 2, 1, 10, 0, 2) * 1000 + 500_001,
  mono: 1_000_000,
  size,
  code: null,
  detail: null,
  count: 1,
  delta: 1500,
  preview,
  reply: null,
  unreadMicros: null,
  mark: null,
  note: null,
  run: null,
});
const termOf = (row: LogRow, column: string) => {
  const value = valuesOf(row).find((each) => each.column === column);
  if (!value) throw new Error(`no ${column}`);
  return value.term;
};

test('each value of a row becomes a filter that parses, to be demanded or excluded', () => {
  for (const row of [
    message(encodeUtf8('a "b"\n\u202e')),
    message(Uint8Array.of(0xff, 0, 1)),
    message(new Uint8Array()),
  ])
    for (const { term } of valuesOf(row))
      for (const text of [only('size:>1', term), exclude('a or b', term)])
        expect(parseFilter(text), text).toMatchObject({ ok: true });
});

test.each([
  ['direction', 'dir:in'],
  ['kind', 'kind:message'],
  ['size', 'size:3'],
  ['preview', '"abc"'],
  ['delta', 'delta:>=1500us'],
  ['seq', 'seq:>=7'],
  ['time', 'after:2026-03-01T10:00:02.500001Z'],
])('the %s is filtered by as %s', (column, text) => {
  expect(only('', termOf(message(encodeUtf8('abc')), column))).toBe(text);
});

test("bytes that aren't text are filtered by as bytes, what is no message by its sentence", () => {
  expect(only('', termOf(message(Uint8Array.of(0xff, 0, 1)), 'preview'))).toBe('hex:"ff 00 01"');
  const anomaly: LogRow = {
    ...message(new Uint8Array()),
    kind: 'anomaly',
    direction: null,
    code: 'overrun',
    detail: 'It was full.',
  };
  expect(only('', termOf(anomaly, 'preview'))).toBe('detail:"It was full."');
  expect(only('', termOf(anomaly, 'code'))).toBe('code:overrun');
  expect(only('', termOf(anomaly, 'direction'))).toBe('dir:none');
});

test('a time is the row’s own to the microsecond', () => {
  const row = message(encodeUtf8('abc'));
  const term = termOf(row, 'time');
  if (term.type !== 'after' || 'since' in term.instant) throw new Error('not a time');
  expect(resolveInstant(term.instant, 0)).toBe(row.wall);
});
