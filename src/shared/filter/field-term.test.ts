import { describe, expect, test } from 'vitest';
import type { CompiledTypes } from '../types/compiled/compiled.ts';
import { FORM, NO_TYPES } from '../types/compiled/compiled.ts';
import { openTypes } from '../types/compiled/open.ts';
import { BUILT_IN, completeFilter, parseFilter, printFilter, typedCatalogue } from './filter.ts';

const scalar = (name: string) => ({ kind: 'scalar', name }) as const;
const named = (name: string) => ({ kind: 'named', name }) as const;
const TYPES: CompiledTypes = {
  form: FORM,
  proto: null,
  libraries: [
    {
      abi: 'linux-x64',
      types: [
        [
          'enum side',
          {
            kind: 'enum',
            base: 'int',
            values: [
              { name: 'BUY', value: '1' },
              { name: 'SELL', value: '2' },
            ],
          },
        ],
        ['struct head', { kind: 'struct', members: [{ name: 'seq', type: scalar('int') }] }],
        [
          'struct order',
          {
            kind: 'struct',
            members: [
              { name: 'hdr', type: named('struct head') },
              { name: 'side', type: named('enum side') },
              { name: 'price', type: scalar('double') },
              { name: 'live', type: scalar('bool') },
              { name: 'name', type: { kind: 'array', of: scalar('char'), count: 8 } },
              { name: 'legs', type: { kind: 'array', of: named('struct head'), count: 2 } },
            ],
          },
        ],
      ],
    },
  ],
  bindings: [{ type: 'order', abi: 'linux-x64', line: 1 }],
};
const CATALOGUE = typedCatalogue(BUILT_IN, openTypes(TYPES));

const written = (text: string) => {
  const parsed = parseFilter(text, CATALOGUE);
  return parsed.ok ? printFilter(parsed.filter, CATALOGUE) : parsed.error.message;
};
const mistake = (text: string) => {
  const parsed = parseFilter(text, CATALOGUE);
  return parsed.ok ? undefined : { at: text.slice(parsed.error.span.from, parsed.error.span.to), ...parsed.error };
};

test.each([
  ['order.price:>10', 'order.price:>10'],
  ['order.side:buy', 'order.side:buy'],
  ['ORDER.Side:1,SELL', 'order.side:1,SELL'],
  ['hdr.seq:100..200', 'hdr.seq:100..200'],
  ['hdr.seq:0x10', 'hdr.seq:0x10'],
  ['hdr.seq:-5..', 'hdr.seq:-5..'],
  ['order.hdr.seq:*', 'order.hdr.seq:*'],
  ['order.live:true', 'order.live:true'],
  ['order.price:1.5', 'order.price:1.5'],
  ['order.name:"a b"i', 'order.name:"a b"i'],
  ['order.legs[1].seq:<=3 not legs.seq:2', 'order.legs[1].seq:<=3 not legs.seq:2'],
])('%s is a filter', (text, expected) => {
  expect(written(text)).toBe(expected);
  expect(written(expected)).toBe(expected);
});

describe('a mistake is underlined in place', () => {
  test.each([
    [
      'size:>1 order.prise:>10',
      'order.prise',
      'Known fields: order.hdr, order.side, order.price, order.live, order.name, order.legs.',
    ],
    ['hdr.sec:1', 'hdr.sec', 'Known fields: hdr.seq.'],
    ['nothing.there:1', 'nothing.there', 'Known fields: order.hdr, '],
    ['order.side:HOLD', 'HOLD', 'not a value of enum side: BUY, SELL.'],
    ['order.price:cheap', 'cheap', 'it needs a number'],
    ['order.live:maybe', 'maybe', 'true or false'],
    ['order.name:>3', '>3', 'it needs a text'],
    ['order.hdr:3', '3', 'name one of them'],
    ['hdr.seq:9..1', '9..1', 'ends before it starts'],
    ['hdr.seq:>x', '>x', 'only numbers'],
  ])('in %s', (text, at, says) => {
    expect(mistake(text)).toMatchObject({ at, message: expect.stringContaining(says) });
  });

  test('where nothing is bound', () => {
    const parsed = parseFilter('order.price:1', typedCatalogue(BUILT_IN, openTypes(NO_TYPES)));
    expect(parsed).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('No declared type is bound') },
    });
  });
});

test('fields and their values are completed', () => {
  const texts = (text: string) => completeFilter(text, text.length, CATALOGUE).map((one) => one.text);
  expect(texts('order.p')).toEqual(['order.price:']);
  expect(texts('hdr.')).toEqual(['hdr.seq:']);
  expect(texts('order.side:')).toEqual(['BUY', 'SELL', '*']);
  expect(texts('order.side:BUY,s')).toEqual(['SELL']);
  expect(texts('')).not.toContain('order.price:');
});

test('whole numbers beyond those of JavaScript are exact', () => {
  expect(written('hdr.seq:>9223372036854775807')).toBe('hdr.seq:>9223372036854775807');
});
