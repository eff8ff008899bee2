import { expect, test } from 'vitest';
import type { ExportFormat } from '../../../shared/export.ts';
import { type CompiledBinding, type CompiledTypes, FORM } from '../../../shared/types/compiled/compiled.ts';
import { openTypes } from '../../../shared/types/compiled/open.ts';
import { sessionOf } from '../testing.ts';
import { ExportFields } from './fields.ts';
import { formatOf } from './formats.ts';
import type { WholeRecord } from './records.ts';

const scalar = (name: string) => ({ kind: 'scalar', name }) as const;
const typesOf = (...bindings: Partial<CompiledBinding>[]): CompiledTypes => ({
  form: FORM,
  libraries: [
    {
      abi: 'linux-x64',
      types: [
        ['struct leg', { kind: 'struct', members: [{ name: 'n', type: scalar('int8_t') }] }],
        [
          'struct order',
          {
            kind: 'struct',
            members: [
              { name: 'id', type: scalar('uint64_t') },
              { name: 'name', type: { kind: 'array', of: scalar('char'), count: 4 } },
              { name: 'legs', type: { kind: 'array', of: { kind: 'named', name: 'struct leg' }, count: 2 } },
            ],
          },
        ],
        ['struct tick', { kind: 'struct', members: [{ name: 'up', type: scalar('bool') }] }],
      ],
    },
  ],
  proto: null,
  bindings: bindings.map((one) => ({ type: 'order', abi: 'linux-x64', line: 1, ...one })),
});

const ORDER = Buffer.from('ffffffffffffffff3d41000001fe0000', 'hex');
const recordOf = (bytes: Uint8Array, kind: WholeRecord['kind'] = 'message'): WholeRecord => ({
  ...{ seq: 3, kind, lane: 'c2s', direction: 'in', wall: 1_700_000_000_000_001, mono: 7, size: bytes.byteLength },
  ...{ code: null, detail: null, count: 1, unreadMicros: null, mark: null, note: null },
  ...{ bytes, encoding: 'utf-8', readAs: 'utf-8' },
});

function exported(format: ExportFormat, types: CompiledTypes, ...records: WholeRecord[]) {
  const how = formatOf({ format }, new ExportFields(openTypes(types), 'Local\\Orders'));
  const head = how.head({ session: sessionOf(1), readAs: 'utf-8', asked: 1, held: 1 });
  const lines = records.map((record) => [...how.record(record)].join('').trimEnd());
  return { head: String(head).trimEnd(), lines, note: how.note?.() ?? null };
}

test('JSON Lines have an object of the fields of a message, and of nothing else', () => {
  const { lines } = exported('jsonl', typesOf({}), recordOf(ORDER), recordOf(new Uint8Array(), 'timeout'));
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    hex: ORDER.toString('hex'),
    fields: { id: '18446744073709551615', name: '=A', legs: [{ n: 1 }, { n: -2 }] },
  });
  expect(lines[1]).not.toContain('fields');
});

test('CSV has a column for each field of each type, and a text in it runs as no formula', () => {
  const types = typesOf(
    { when: 'size == 1', type: 'tick' },
    { when: 'size == 16' },
    { when: 'size == 2', type: 'json' },
  );
  const { head, lines } = exported(
    'csv',
    types,
    recordOf(ORDER),
    recordOf(Uint8Array.of(1)),
    recordOf(Buffer.from('{}')),
    recordOf(new Uint8Array(3)),
  );
  expect(head).toMatch(/,count,"tick\.up","order\.id","order\.name","order\.legs\.n","json"$/);
  const ends = lines.map((line) => line.slice(line.indexOf(',7,') + 7));
  expect(ends).toEqual([',"18446744073709551615","\'=A","[1,-2]",', '"true",,,,', ',,,,"{}"', ',,,,']);
});

test('for Excel a fraction has the sign of the system, and an integer that it would round is text', () => {
  const types = typesOf({ type: 'figures' });
  const library = {
    abi: 'linux-x64',
    types: [
      [
        'struct figures',
        {
          kind: 'struct',
          members: [
            { name: 'price', type: scalar('double') },
            { name: 'id', type: scalar('uint64_t') },
            { name: 'left', type: scalar('int64_t') },
          ],
        },
      ],
    ],
  } as const;
  const bytes = Buffer.alloc(24);
  bytes.writeDoubleLE(1.25, 0);
  bytes.writeBigUInt64LE(9_007_199_254_740_991n, 8);
  bytes.writeBigInt64LE(-5n, 16);
  const fields = () =>
    new ExportFields(openTypes({ ...types, libraries: [library] } as CompiledTypes), 'Local\\Orders');
  const end = (separator: ',' | ';') =>
    [...formatOf({ format: 'excel', separator }, fields()).record(recordOf(bytes))].join('').trimEnd();
  expect(end(';')).toMatch(/;1,25;"'9007199254740991";-5$/);
  expect(end(',')).toMatch(/,1\.25,"'9007199254740991",-5$/);
  const plain = [...formatOf({ format: 'csv' }, fields()).record(recordOf(bytes))].join('').trimEnd();
  expect(plain).toMatch(/,1\.25,9007199254740991,-5$/);
});

test('where nothing is bound, the job says so and the rest is as always', () => {
  const { head, lines, note } = exported('csv', typesOf(), recordOf(ORDER));
  expect(head).toMatch(/,count$/);
  expect(lines[0]).toBe([...formatOf({ format: 'csv' }).record(recordOf(ORDER))].join('').trimEnd());
  expect(note).toMatch(/^No declared type is bound/);
});
