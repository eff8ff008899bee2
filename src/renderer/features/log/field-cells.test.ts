import { expect, test, vi } from 'vitest';
import type { LogRow } from '../../../shared/log.ts';
import { NO_TYPES } from '../../../shared/types/compiled/compiled.ts';
import { openTypes } from '../../../shared/types/compiled/open.ts';
import { FieldCells } from './field-cells.ts';

const MEMBERS = [
  { name: 'id', type: { kind: 'scalar', name: 'int' } },
  { name: 'text', type: { kind: 'array', of: { kind: 'scalar', name: 'char' }, count: 396 } },
] as const;
const types = openTypes({
  ...NO_TYPES,
  libraries: [{ abi: 'linux-x64', types: [['struct order', { kind: 'struct', members: MEMBERS }]] }],
  bindings: [{ channel: 'Local\\A', type: 'order', abi: 'linux-x64', when: 'size <= 400', line: 1 }],
});
const payload = (size: number) => Uint8Array.from({ length: size }, (_, at) => (at === 0 ? 7 : 0));
const rowOf = (seq: number, size: number): LogRow => {
  const nothing = {
    code: null,
    detail: null,
    delta: null,
    reply: null,
    unreadMicros: null,
    mark: null,
    note: null,
    run: null,
  };
  return {
    ...{ ...nothing, seq, size, kind: 'message', lane: 's2c', direction: 's2c', wall: 0, mono: 0, count: 1 },
    preview: payload(Math.min(160, size)),
  };
};
const valueIn = (cells: FieldCells, row: LogRow) => {
  const found = cells.field(row, 'id');
  return found && typeof found === 'object' ? found.value : found;
};

test('a short message is read from its row, and a longer one when its bytes have come', async () => {
  const ask = vi.fn(async ({ length }: { length: number }) => ({ ok: true, value: payload(length) }) as const);
  const cells = new FieldCells({ payload: ask }, 1, 'Local\\A', types);
  expect(valueIn(cells, rowOf(1, 12))).toBe(7);
  expect(ask).not.toHaveBeenCalled();
  const long = rowOf(2, 400);
  const come = new Promise<void>((resolve) => cells.subscribe(resolve));
  expect([valueIn(cells, long), valueIn(cells, long)]).toEqual(['pending', 'pending']);
  await come;
  expect(valueIn(cells, long)).toBe(7);
  expect(ask).toHaveBeenCalledOnce();
});

test('a message of no type and one that is too long have no value', () => {
  const ask = vi.fn();
  expect(valueIn(new FieldCells({ payload: ask }, 1, 'Local\\B', types), rowOf(1, 12))).toBeNull();
  expect(valueIn(new FieldCells({ payload: ask }, 1, 'Local\\A', types), rowOf(2, 100_000))).toBe('too-long');
  expect(ask).not.toHaveBeenCalled();
});
