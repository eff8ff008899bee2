import * as v from 'valibot';
import { preference } from '../../host/storage/preference.ts';
import type { FieldColumn } from '../../view/field-columns.ts';
import { COLUMNS, type ColumnName, columnOf, fieldNameOf } from './columns.tsx';

export const MIN_WIDTH = 32;
export const MAX_WIDTH = 600;

export interface Columns {
  /** Every column, in the order of the log. */
  readonly order: readonly ColumnName[];
  readonly shown: readonly ColumnName[];
  /** px, of columns that were resized. */
  readonly widths: Readonly<Record<string, number>>;
}

export const COLUMN_NAMES: readonly ColumnName[] = COLUMNS.map(({ name }) => name);
const DEFAULT_COLUMNS: Columns = {
  order: COLUMN_NAMES,
  shown: COLUMNS.filter(({ isShown }) => isShown).map(({ name }) => name),
  widths: {},
};

export const columnsSchema = v.pipe(
  v.object({
    order: v.array(v.string()),
    shown: v.array(v.string()),
    widths: v.record(v.string(), v.pipe(v.number(), v.minValue(MIN_WIDTH), v.maxValue(MAX_WIDTH))),
  }),
  v.transform(merged),
);

/** Stored by a version with other columns: new ones get their place, removed ones are left out. */
function merged({
  order,
  shown,
  widths,
}: {
  order: string[];
  shown: string[];
  widths: Record<string, number>;
}): Columns {
  const merged = COLUMN_NAMES.filter((name) => order.includes(name)).toSorted(
    (a, b) => order.indexOf(a) - order.indexOf(b),
  );
  for (const [at, name] of COLUMN_NAMES.entries()) {
    const left = COLUMN_NAMES[at - 1];
    if (!merged.includes(name)) merged.splice(left === undefined ? 0 : merged.indexOf(left) + 1, 0, name);
  }
  const isShown = ({ name, isShown }: (typeof COLUMNS)[number]) =>
    order.includes(name) ? shown.includes(name) : isShown;
  const still = COLUMNS.filter(isShown).map(({ name }) => name);
  return { order: merged, shown: still.length > 0 ? still : DEFAULT_COLUMNS.shown, widths };
}

export const useColumns = preference<Columns>('columns', columnsSchema, DEFAULT_COLUMNS);

/** The columns of the log from left to right. */
export const shownColumns = ({ order, shown }: Columns): ColumnName[] => order.filter((name) => shown.includes(name));

/** px; null: the rest. */
export const widthOf = ({ widths }: Columns, name: ColumnName): number | null => {
  const { width } = columnOf(name);
  return width && (widths[name] ?? width);
};

/** The same with the columns of fields: in front of the preview, or at the end. */
export function withFields(columns: Columns, fields: readonly FieldColumn[]): ColumnName[] {
  const shown = shownColumns(columns);
  const preview = shown.indexOf('preview');
  const at = preview < 0 ? shown.length : preview;
  return [...shown.slice(0, at), ...fields.map(({ path }) => fieldNameOf(path)), ...shown.slice(at)];
}

/** For `grid-template-columns`. */
export const templateOf = (columns: Columns, fields: readonly FieldColumn[] = []): string =>
  withFields(columns, fields)
    .map((name) => fields.find(({ path }) => fieldNameOf(path) === name)?.width ?? widthOf(columns, name))
    .map((width) => (width === null ? 'minmax(80px, 1fr)' : `${width}px`))
    .join(' ');

/** The last column stays. */
export function toggleColumn(name: ColumnName): void {
  useColumns.setState(({ shown }) => {
    const next = shown.includes(name) ? shown.filter((each) => each !== name) : [...shown, name];
    return { shown: next.length === 0 ? shown : next };
  });
}

/** Puts a column in front of another; null: at the end. */
export function moveColumn(name: ColumnName, before: ColumnName | null): void {
  if (name === before) return;
  useColumns.setState(({ order }) => {
    const rest = order.filter((each) => each !== name);
    const at = before === null ? rest.length : rest.indexOf(before);
    return { order: [...rest.slice(0, at), name, ...rest.slice(at)] };
  });
}

export function resizeColumn(name: ColumnName, width: number): void {
  const bounded = Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)));
  useColumns.setState(({ widths }) => ({ widths: { ...widths, [name]: bounded } }));
}

export const resetColumns = (): void => useColumns.setState(DEFAULT_COLUMNS);
