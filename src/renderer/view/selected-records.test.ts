import { expect, test } from 'vitest';
import { MAX_RANGES } from '../../shared/export.ts';
import type { LogRow, RowQuery } from '../../shared/log.ts';
import { selectedRecords } from './selected-records.ts';

const rowOf = (seq: number) => ({ seq, run: null }) as LogRow;
const picked = [
  { from: 0, to: 1 },
  { from: 10, to: 1_000_000 },
];

/** A result in which position `p` is record `2p`, known as far as `known` says at each request. */
function api(known: () => number = () => Number.POSITIVE_INFINITY) {
  const asked: number[] = [];
  const rows = async ({ from }: RowQuery) => {
    asked.push(from);
    const rows = from < known() ? [rowOf(from * 2)] : [];
    const progress = { scanned: 0, complete: known() === Number.POSITIVE_INFINITY };
    return { ok: true as const, value: { total: 0, found: 0, records: 0, from, rows, progress } };
  };
  return { asked, rows };
}

const select = (rows: ReturnType<typeof api>, view: Partial<Parameters<typeof selectedRecords>[2]> = {}) =>
  selectedRecords(rows, 1, {
    resolved: 'dir:in',
    fold: true,
    unfolded: [],
    picked,
    position: null,
    row: null,
    ...view,
  });

test('ranges of rows become ranges of record numbers, at two rows each however long they are', async () => {
  const host = api();
  expect(await select(host)).toEqual({
    ok: true,
    value: [
      [0, 0],
      [20, 1_999_998],
    ],
  });
  expect(host.asked).toEqual([0, 10, 999_999]);
});

test('a row that the search has not come to is waited for', async () => {
  let known = 0;
  const host = api(() => (known += 200_000));
  expect(await select(host)).toMatchObject({
    ok: true,
    value: [
      [0, 0],
      [20, 1_999_998],
    ],
  });
});

test('rows that are others by now are not exported', async () => {
  const moved = { ok: false, failure: { message: expect.stringContaining('Select them again') } };
  expect(await select(api(), { position: 5, row: rowOf(10) })).toMatchObject({ ok: true });
  expect(await select(api(), { position: 5, row: rowOf(11) })).toMatchObject(moved);
});

test('more ranges than an export takes are refused with how many there are', async () => {
  const many = Array.from({ length: MAX_RANGES + 1 }, (_, i) => ({ from: i * 2, to: i * 2 + 1 }));
  expect(await select(api(), { picked: many })).toMatchObject({
    ok: false,
    failure: { message: expect.stringContaining('4,097 separate ranges') },
  });
});
