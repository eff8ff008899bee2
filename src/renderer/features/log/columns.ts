import * as v from 'valibot';
import { createStored } from '../../host/storage/stored-store.ts';

export const COLUMN_NAMES = [
  'seq',
  'time',
  'delta',
  'direction',
  'kind',
  'size',
  'reply',
  'unread',
  'preview',
] as const;
export type ColumnName = (typeof COLUMN_NAMES)[number];

interface Described {
  /** In the head of the log. */
  readonly head: string;
  /** In a sentence. */
  readonly words: string;
  /** px, without the gap; the preview takes what is left. */
  readonly width: number;
  readonly isShown: boolean;
}

export const COLUMNS: Readonly<Record<ColumnName, Described>> = {
  seq: { head: '#', words: 'Number', width: 76, isShown: true },
  time: { head: 'time', words: 'Time', width: 124, isShown: true },
  delta: { head: 'Δ', words: 'Time since the record before', width: 76, isShown: true },
  direction: { head: 'direction', words: 'Direction', width: 56, isShown: true },
  kind: { head: 'kind', words: 'Kind', width: 120, isShown: true },
  size: { head: 'size', words: 'Size', width: 84, isShown: true },
  reply: { head: 'answers', words: 'What it answers, and after which time', width: 150, isShown: false },
  unread: { head: 'unread', words: 'How long it stood unread', width: 76, isShown: false },
  preview: { head: 'preview', words: 'Preview', width: 0, isShown: true },
};

export const MIN_WIDTH = 32;
export const MAX_WIDTH = 600;

const schema = v.object({
  /** Every column, in the order of the log. */
  order: v.pipe(
    v.array(v.picklist(COLUMN_NAMES)),
    v.check(
      (order) => order.length === COLUMN_NAMES.length && new Set(order).size === order.length,
      'a column is missing',
    ),
  ),
  shown: v.pipe(v.array(v.picklist(COLUMN_NAMES)), v.minLength(1)),
  /** px, of columns that were resized. */
  widths: v.record(v.string(), v.pipe(v.number(), v.minValue(MIN_WIDTH), v.maxValue(MAX_WIDTH))),
});
export type Columns = v.InferOutput<typeof schema>;

const DEFAULT_COLUMNS: Columns = {
  order: [...COLUMN_NAMES],
  shown: COLUMN_NAMES.filter((name) => COLUMNS[name].isShown),
  widths: {},
};

export const useColumns = createStored<Columns>({
  key: 'columns',
  schema,
  what: 'columns of the log',
  fallback: DEFAULT_COLUMNS,
});

/** The columns of the log from left to right. */
export const shownColumns = ({ order, shown }: Columns): ColumnName[] => order.filter((name) => shown.includes(name));

export const widthOf = ({ widths }: Columns, name: ColumnName): number => widths[name] ?? COLUMNS[name].width;

/** For `grid-template-columns`. */
export const templateOf = (columns: Columns): string =>
  shownColumns(columns)
    .map((name) => (name === 'preview' ? 'minmax(80px, 1fr)' : `${widthOf(columns, name)}px`))
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
