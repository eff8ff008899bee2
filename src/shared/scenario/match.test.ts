import { describe, expect, test } from 'vitest';
import type { Decoder } from '../types/decoder.ts';
import { kept, type MatchHost, matchOf, plainExec } from './match.ts';
import { base64Bytes, textBytes } from './payload.ts';
import type { Expected } from './schema-payload.ts';

const ORDER: Decoder = {
  id: 'order',
  version: '',
  fields: [],
  decode: (bytes) => ({
    fields: [
      { name: 'hdr', type: 'h', fields: [{ name: 'id', type: 'u8', value: bytes[0] ?? null }] },
      { name: 'side', type: 'enum side', value: 2, text: 'SELL' },
    ],
    size: 2,
    ...(bytes.length < 2 && { fault: `${bytes.length} of 2 bytes` }),
    ...(bytes.length > 2 && { rest: { offset: 2, size: bytes.length - 2 } }),
  }),
};
const HOST: MatchHost = { decoderOf: (type) => (type === 'order' ? ORDER : undefined), exec: plainExec };
const verdict = (expected: Expected, came: string | readonly number[]) =>
  matchOf(expected, HOST)(typeof came === 'string' ? textBytes(came) : Uint8Array.from(came));

describe('what is as expected', () => {
  test.each<[Expected, string | readonly number[]]>([
    [{ text: 'hällo' }, 'hällo'],
    [{ text: 'hé', encoding: 'windows-1252' }, [0x68, 0xe9]],
    [{ hex: '00 ff' }, [0, 255]],
    [{ base64: 'AP8=' }, [0, 255]],
    [{ pattern: '00 ?? f?' }, [0, 7, 0xf3]],
    [{ size: 0 }, ''],
    [{ regex: '^o', flags: 'i' }, 'Ok'],
    [{ json: { a: [{ b: null }] } }, '{"a":[{"b":null,"c":1}],"d":2}'],
    [{ json: { id: 9_007_199_254_740_993n, of: [1] } }, '{"id":9007199254740993,"of":[1.0]}'],
    [{ json: { id: 10n ** 20n } }, '{"id":1e20}'],
    [{ json: { a: 1 } }, '\ufeff{"a":1}\0'],
    [{ type: 'order', where: 'hdr.id == 3 and side == SELL', size: 2 }, [3, 0]],
    [{ where: 'u8@1 > 4' }, [0, 5]],
  ])('%o', (expected, came) => {
    expect(verdict(expected, came)).toMatchObject({ ok: true });
  });
});

describe('what is not is reported with its place and what differs there', () => {
  test.each<[Expected, string | readonly number[], string, object[]]>([
    [{ text: 'hello' }, 'help', 'The text differs from character 4 on: expected “hello”, got “help”.', [{ path: '' }]],
    [{ text: 'hi' }, [0xff, 0xfe], 'The message is not text: 2 bytes that begin with ff fe.', [{ actual: 'ff fe' }]],
    [{ hex: '00 01' }, [0, 2], 'Byte 1: expected 01, got 02.', [{ path: 'byte 1', expected: '01', actual: '02' }]],
    [{ hex: '00' }, [0, 2], 'Byte 1: expected nothing, got 02. Expected 1 byte, got 2 bytes.', [{}]],
    [{ pattern: '?? f? 00' }, [1, 0x0f, 0], 'Byte 1 differs: expected f?, got 0f.', [{ path: 'byte 1' }]],
    [{ pattern: '??' }, [1, 2], 'The pattern has 1 byte, the message 2 bytes.', [{ path: 'size' }]],
    [{ size: 3 }, 'ab', 'Expected 3 bytes, got 2 bytes.', [{ path: 'size', expected: '3', actual: '2' }]],
    [{ regex: '^\\d+$' }, 'abc', '“abc” has nothing like /^\\d+$/u.', [{ actual: 'abc' }]],
    [
      { json: { a: 1, b: { c: [1, 2] } } },
      '{"a":2,"b":{"c":[1]}}',
      'a: expected 1, got 2. 1 more difference.',
      [
        { path: 'a', expected: '1', actual: '2' },
        { path: 'b.c', expected: 'a list of 2', actual: 'a list of 1' },
      ],
    ],
    [
      { json: { id: 9_007_199_254_740_993n } },
      '{"id":9007199254740992}',
      'id: expected 9007199254740993, got 9007199254740992.',
      [{ path: 'id' }],
    ],
    [{ json: { a: 1 } }, '{"a":1e400}', 'a: expected 1, got Infinity.', [{ path: 'a' }]],
    [{ json: { a: 1 } }, '{"a":1}\0rest', 'The message is not JSON: “{"a":1}\0rest”.', [{}]],
    [{ json: { a: 1 } }, '{}', 'a: expected 1, got nothing.', [{ path: 'a' }]],
    [{ json: 1 }, 'no', 'The message is not JSON: “no”.', [{}]],
    [
      { type: 'order', where: 'hdr.id == 4 and side != SELL' },
      [3, 0],
      'hdr.id == 4 and side != SELL does not hold: hdr.id is 3, side is SELL (2).',
      [
        { path: 'hdr.id', expected: '4', actual: '3' },
        { path: 'side', expected: '!= SELL', actual: 'SELL (2)' },
      ],
    ],
    [{ type: 'order' }, [3], 'It is not a valid order: 1 of 2 bytes.', [{}]],
    [{ type: 'order' }, [3, 4, 5], 'It is not a valid order: it has 1 byte more.', [{ path: 'size' }]],
    [{ where: 'not size == 2' }, [3, 4], 'not size == 2 does not hold: size is 2.', [{ expected: 'not 2' }]],
  ])('%o', (expected, came, reason, diff) => {
    expect(verdict(expected, came)).toMatchObject({ ok: false, reason, diff });
  });
});

test.each<[Expected, string]>([
  [{ hex: 'zz' }, 'hex digit'],
  [{ regex: '(' }, 'Unterminated group'],
  [{ base64: 'A' }, 'not complete'],
  [{ text: 'é', encoding: 'shift_jis' }, 'shift_jis has no “é”'],
  [{ where: 'size =' }, '=='],
  [{ type: 'bill' }, '“bill” is not declared'],
])('a mistake in %j is told', (expected, words) => {
  expect(() => matchOf(expected, HOST)).toThrow(words);
});

test('what is kept of a message becomes variables, with the type that it has', () => {
  const keep = (expected: Expected, came: string, capture: Parameters<typeof kept>[0]) => {
    const result = verdict(expected, came);
    return result.ok && kept(capture, textBytes(came), result.found);
  };
  expect(keep({ regex: '(?<id>\\d+) (\\w+)' }, '17 ok', { word: { group: 2 }, all: 'text', bytes: 'size' })).toEqual({
    ...{ id: '17', word: 'ok', all: '17 ok', bytes: 5 },
  });
  expect(keep({ size: 20 }, '{"a":[{"b":3,"c":4}]}'.slice(0, 21).padEnd(20), { b: { json: 'a[0].b' } })).toBe(false);
  expect(keep({ json: {} }, '{"a":[{"b":3}]}', { b: { json: 'a[0].b' }, hex: 'hex' })).toMatchObject({ b: 3 });
  expect(keep({ type: 'order' }, '\u0003.', { id: { field: 'hdr.id' } })).toEqual({ id: 3 });
  expect(() => keep({ json: {} }, '{}', { b: { json: 'a' } })).toThrow('b can’t be kept'.replace('’', "'"));
  expect([...base64Bytes('AAEC')]).toEqual([0, 1, 2]);
});
