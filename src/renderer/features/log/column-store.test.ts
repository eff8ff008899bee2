import * as v from 'valibot';
import { beforeEach, expect, test } from 'vitest';
import {
  COLUMN_NAMES,
  columnsSchema,
  moveColumn,
  resetColumns,
  resizeColumn,
  shownColumns,
  templateOf,
  toggleColumn,
  useColumns,
} from './column-store.ts';

beforeEach(resetColumns);
const shown = () => shownColumns(useColumns.getState());

test('a column that is hidden comes back in place, and the last one stays', () => {
  toggleColumn('time');
  expect(shown()).toEqual(['seq', 'delta', 'direction', 'kind', 'size', 'preview']);
  toggleColumn('time');
  expect(shown().indexOf('time')).toBe(1);
  for (const name of COLUMN_NAMES) if (shown().includes(name)) toggleColumn(name);
  expect(shown()).toHaveLength(1);
});

test('a column is moved in front of another or to the end, and all stay', () => {
  moveColumn('size', 'time');
  expect(shown().slice(0, 3)).toEqual(['seq', 'size', 'time']);
  moveColumn('seq', null);
  expect(shown().at(-1)).toBe('seq');
  moveColumn('seq', 'seq');
  expect([...useColumns.getState().order].sort()).toEqual([...COLUMN_NAMES].sort());
});

test('a width stays within what can be seen, and the preview takes the rest', () => {
  resizeColumn('seq', -5);
  resizeColumn('time', 1e9);
  expect(templateOf(useColumns.getState())).toBe('32px 600px 76px 56px 120px 84px minmax(80px, 1fr)');
});

test('what was kept before there was a column stays as it is, and the column comes to its place', () => {
  const order: string[] = ['preview', 'size', 'seq', 'time', 'delta', 'direction', 'unread'];
  const widths = { seq: 100 };
  const kept = v.parse(columnsSchema, { order, shown: ['size', 'seq', 'unread'], widths });
  expect(kept.order.filter((name) => order.includes(name))).toEqual(order);
  expect(kept.order.slice(1, 3)).toEqual(['size', 'reply']);
  expect(kept.order.slice(-3)).toEqual(['direction', 'kind', 'unread']);
  expect(shownColumns(kept)).toEqual(['size', 'seq', 'kind', 'unread']);
  expect(kept.widths).toEqual(widths);
});

test('a column that is gone is left out, and the rest stays', () => {
  const kept = v.parse(columnsSchema, {
    order: ['gone', ...COLUMN_NAMES],
    shown: ['gone', 'time'],
    widths: { gone: 50 },
  });
  expect(kept.order).toEqual(COLUMN_NAMES);
  expect(shownColumns(kept)).toEqual(['time']);
  expect(shownColumns(v.parse(columnsSchema, { order: COLUMN_NAMES, shown: ['gone'], widths: {} }))).toContain('seq');
});
