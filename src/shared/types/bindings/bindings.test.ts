import { describe, expect, test } from 'vitest';
import type { Decoder } from '../decoder.ts';
import { readBindings } from './bindings.ts';
import { boundTo, matches } from './bound.ts';
import { holds, parseCondition } from './condition.ts';

const BYTES = Uint8Array.of(7, 0, 0xff, 0xff, 1, 2, 3, 4);
const FIELDS = new Map([
  ['hdr.id', { value: 3 }],
  ['side', { value: 2, text: 'SELL' }],
  ['big', { value: 2n ** 63n }],
]);

test.each([
  ['size == 8', true],
  ['size==8 and u16@0 == 7', true],
  ['u16@0 == 0x7 and not size == 8', false],
  ['i16@2 == -1', true],
  ['u16be@4 == 258', true],
  ['u64@1 == 0', false],
  ['hdr.id == 3', true],
  ['hdr.id != 3 or side == SELL', true],
  ['side == 2 and side == "SELL"', true],
  ['side != SELL', false],
  ['big > 9223372036854775807', true],
  ['missing == 0', false],
  ['missing != 0', false],
  ['(size < 8 or size >= 8) and not (size > 8)', true],
])('%s is %s', (text, expected) => {
  const parsed = parseCondition(text);
  expect(parsed.ok && holds(parsed.condition, BYTES, (path) => FIELDS.get(path))).toBe(expected);
});

test.each([
  ['size =', 5],
  ['size == ', 8],
  ['size == 1 size == 2', 10],
  ['(size == 1', 10],
  ['', 0],
  ['== 3', 0],
])('%j is told with its place', (text, at) => {
  expect(parseCondition(text)).toMatchObject({ ok: false, at });
});

test.each([
  ['Local\\Orders*', 'Local\\Orders7', true],
  ['local\\orders?', 'Local\\Orders7', true],
  ['*orders', 'Local\\Orders7', false],
  ['*', '', true],
  [`${'*a'.repeat(200)}b`, 'a'.repeat(5000), false],
])('the pattern %j holds for a name or not', (pattern, name, expected) => {
  expect(matches(pattern, name)).toBe(expected);
});

const FILE = `types: [order.h]
abi: windows-x86
bindings:
  - channel: Local\\Orders*
    lane: s2c
    when: size == 8 and hdr.id == 3
    type: order
  - type: json
    abi: linux-x64
`;

describe('a file of bindings', () => {
  test('is read, and the first rule that holds counts', () => {
    const { bindings, problems } = readBindings(FILE, 'b.yaml');
    expect([problems, bindings?.types, bindings?.abi]).toEqual([[], ['order.h'], 'windows-x86']);
    const decode: Decoder['decode'] = () => ({
      fields: [{ name: 'hdr', type: 'h', fields: [{ name: 'id', type: 'int', value: 3 }] }],
      size: 8,
    });
    const rules = (bindings?.rules ?? []).map((rule) => ({
      rule,
      decoder: { id: rule.type, version: '', fields: [], decode },
    }));
    const bound = (channel: string | undefined, lane: 's2c' | 'c2s' | null) =>
      boundTo(rules, { channel, lane, bytes: BYTES })?.decoder.id;
    expect(bound('Local\\Orders1', 's2c')).toBe('order');
    expect([bound('Local\\Orders1', 'c2s'), bound('Local\\Other', 's2c'), bound(undefined, 's2c')]).toEqual([
      'json',
      'json',
      'json',
    ]);
    expect(boundTo(rules.slice(0, 1), { channel: 'x', lane: 's2c', bytes: BYTES })).toBeUndefined();
  });

  test.each([
    ['bindings: [', 1],
    ['bindings:\n  - lane: s2c\n', 2],
    ['bindings:\n  - type: a\n    lane: up\n', 3],
    ['bindings:\n  - type: a\n    colour: red\n', 3],
    ['bindings:\n  - type: a\n  - type: b\n    when: size = 4\n', 4],
    ['a: &a [1]\nbindings: [*a, *a]', 2],
    ['['.repeat(50_000), 1],
    [`bindings:${' -'.repeat(50_000)}`, 1],
    ['bindings: 7', 1],
    ['', 1],
  ])('%j is told with its line', (text, line) => {
    const { bindings, problems } = readBindings(text, 'b.yaml');
    expect([bindings, problems[0]?.line, problems[0]?.file]).toEqual([undefined, line, 'b.yaml']);
  });
});
