import { expect, test } from 'vitest';
import type { Api } from '../../../shared/api.ts';
import type { LogRow, RowPage } from '../../../shared/log.ts';
import { selectRow, selectTo, viewOf } from '../../view/view-store.ts';
import { changeFilter, relist } from './relist.ts';

const rowOf = (seq: number) => ({ seq }) as LogRow;
const reach = { records: 20, found: 20 };
const progress = { scanned: 20, complete: true };

/** A host whose answer, that record 7 is at position 3, arrives when `answered` is called. */
function slowHost() {
  const asked = Promise.withResolvers<void>();
  const page: RowPage = { total: 5, found: 5, records: 20, from: 3, rows: [rowOf(7)], progress };
  const api = {
    position: async () => {
      await asked.promise;
      return { ok: true, value: { position: 3, total: 5, progress } };
    },
    rows: async () => ({ ok: true, value: page }),
  } as unknown as Api;
  return { api, answered: asked.resolve };
}

test('the selected row stays selected in the new result', async () => {
  const { api, answered } = slowHost();
  selectRow(1, 12, rowOf(7), reach);
  const changed = changeFilter(api, 1, 'dir:in');
  answered();
  await changed;
  expect(viewOf(1)).toMatchObject({ filter: 'dir:in', position: 3, picked: [{ from: 3, to: 4 }] });
});

test('a row that is selected before its place was known is not taken from the user', async () => {
  const { api, answered } = slowHost();
  selectRow(2, 12, rowOf(7), reach);
  const changed = changeFilter(api, 2, 'dir:in');
  selectRow(2, 0, rowOf(4), reach);
  answered();
  await changed;
  expect(viewOf(2)).toMatchObject({ position: 0, row: rowOf(4), picked: [{ from: 0, to: 1 }] });
});

test('when a mark above has split a run, the view and the selected rows below stay with their records', async () => {
  const api = {
    position: async ({ at }: { at: { seq: number } }) => ({
      ok: true,
      value: { position: at.seq + 2, total: 50, progress },
    }),
    rows: async ({ from }: { from: number }) => ({ ok: true, value: { rows: [rowOf(from - 2)], progress } }),
  } as unknown as Api;
  selectRow(3, 12, rowOf(12), reach);
  await relist(api, 3, { seq: 20, position: 20, top: 447 });
  expect(viewOf(3)).toMatchObject({ jump: { top: 447 + 2 * 22 }, position: 14, picked: [{ from: 14, to: 15 }] });
  selectTo(3, 16, rowOf(14), reach);
  await relist(api, 3, { seq: 20, position: 22, top: 491 });
  expect(viewOf(3)).toMatchObject({ position: 16, picked: [{ from: 14, to: 17 }] });
});
