import { expect, test } from 'vitest';
import type { LensField, LensReading, LensSpan } from '../../../shared/lens.ts';
import { messageEnd, rowsOf } from './rows.ts';

const field = (
  kind: LensField['kind'],
  lane: LensField['lane'],
  from: number,
  to: number,
  value: number | null = null,
) => ({ kind, lane, from, to, value }) satisfies LensField;
const FIXED: LensReading = {
  ...{ layout: 'fixed', capacity: 16384, standing: 'fits', for: [], against: [] },
  fields: [
    field('flag', 's2c', 0, 4, 1),
    field('flag', 'c2s', 4, 8, 0),
    field('length', 's2c', 8, 12, 5),
    field('length', 'c2s', 12, 16, 0),
    field('data', 's2c', 16, 16400),
    field('data', 'c2s', 16400, 32784),
  ],
};
const span = (from: number, bytes: number[], length: number): LensSpan => {
  const all = new Uint8Array(length);
  all.set(bytes);
  return { from, bytes: all };
};

test('the header stands in words, the data behind it in rows of 8', () => {
  const rows = rowsOf([span(0, [1, ...new Array(39).fill(7)], 40)], [FIXED]);
  expect(rows.map((row) => (row.kind === 'bytes' ? [row.from, row.bytes.length] : row.kind))).toEqual([
    ...[0, 4, 8, 12, 16, 20].map((from) => [from, 4]),
    ...[24, 32].map((from) => [from, 8]),
  ]);
});

test('each byte of a row belongs to the field that a reading takes it for', () => {
  const [row] = rowsOf([span(16392, new Array(16).fill(1), 16)], [FIXED, { ...FIXED, fields: [] }]).slice(-1);
  expect(row).toMatchObject({ kind: 'bytes', from: 16400 });
  expect(row?.kind === 'bytes' && row.readings.map((one) => one.map((each) => each.field?.lane ?? null))).toEqual([
    ['c2s'],
    [null],
  ]);
});

test('rows of zeros in which nothing begins are one, and so is what lies between two parts', () => {
  const rows = rowsOf([span(0, [1, 2, 3], 96), span(16400, [9], 8)], [FIXED]);
  expect(rows.slice(6)).toMatchObject([
    { kind: 'zeros', from: 24, to: 96 },
    { kind: 'gap', from: 96, to: 16400 },
    { kind: 'bytes', from: 16400 },
  ]);
});

test('a message ends where the length of its lane says', () => {
  expect(messageEnd(FIXED, field('data', 's2c', 16, 16400))).toBe(21);
});
