import { expect, test } from 'vitest';
import type { LogRow } from '../../../shared/log.ts';
import { encodeUtf8 } from '../../../shared/text/utf8.ts';
import { writeRecord } from './copy-rows.ts';

const row: LogRow = {
  seq: 3,
  kind: 'message',
  lane: 'c2s',
  direction: 'in',
  wall: 0,
  mono: 0,
  size: 4,
  code: null,
  detail: null,
  count: 1,
  delta: null,
  reply: null,
  preview: new Uint8Array(),
  unreadMicros: null,
  mark: 'here',
  note: null,
  run: null,
};
const bytes = Uint8Array.of(0x61, 0x22, 0x5c, 0xff);

test.each([
  ['hex', '61 22 5c ff'],
  ['rust', String.raw`b"a\"\\\xff"`],
  ['c', 'const unsigned char record_3[4] = {\n  0x61, 0x22, 0x5c, 0xff,\n};'],
  [
    'json',
    '{"seq":3,"time":"1970-01-01T00:00:00.000000Z","kind":"message","direction":"in","size":4,"hex":"61225cff","wall":0,"mono":0,"mark":"here"}',
  ],
] as const)('bytes are copied as %s', (form, text) => {
  expect(writeRecord(row, bytes, form)).toBe(text);
});

test("bytes that aren't text are not copied as text", () => {
  expect(() => writeRecord(row, bytes, 'text')).toThrow("Record #3 isn't UTF-8");
  expect(writeRecord(row, encodeUtf8('größe\n'), 'text')).toBe('größe\n');
});

test('a C array of thirteen bytes has two lines, and one of none is none', () => {
  expect(writeRecord(row, new Uint8Array(13), 'c')?.split('\n')).toHaveLength(4);
  expect(writeRecord(row, new Uint8Array(), 'c')).toContain('0 bytes');
});

test('what is no message has a sentence and no bytes', () => {
  const timeout: LogRow = { ...row, kind: 'timeout', direction: null, size: 0, detail: 'no message for 1 s' };
  expect(writeRecord(timeout, new Uint8Array(), 'text')).toBe('no message for 1 s');
  expect(writeRecord(timeout, new Uint8Array(), 'hex')).toBeNull();
  expect(JSON.parse(writeRecord(timeout, new Uint8Array(), 'json') ?? '')).not.toHaveProperty('hex');
});
