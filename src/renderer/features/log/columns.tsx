import type { ReactNode } from 'react';
import type { FindNeedle } from '../../../shared/find.ts';
import type { LogRow, Run } from '../../../shared/log.ts';
import { LANE_VIEW_WORDS } from '../../../shared/session-kind.ts';
import type { EncodingChoice } from '../../../shared/text/encodings.ts';
import { formatInteger } from '../../kit/format/bytes.ts';
import { runAction, runWords, timesWords } from '../../kit/format/run-words.ts';
import {
  formatDateTime,
  formatDelta,
  formatLatency,
  formatSpan,
  formatTime,
  type TimeMode,
} from '../../kit/format/time.ts';
import { fieldText } from '../../view/field-text.ts';
import { Preview, Visible } from '../../view/Preview.tsx';
import type { FieldCells } from './field-cells.ts';
import { KindIcon } from './KindIcon.tsx';
import { MarkFlag } from './MarkFlag.tsx';

/** What a cell needs to know besides its row. */
export interface CellContext {
  readonly timeMode: TimeMode;
  /** Where the time counts from, in µs since the session began, in the modes that need it. */
  readonly from: number | null;
  readonly capacity: number;
  /** How payloads are read. */
  readonly encoding: EncodingChoice;
  readonly needle: FindNeedle | null;
  /** Reads the fields of messages; null until their types are known, and if no column asks. */
  readonly fields: FieldCells | null;
}

/** The full definition of a log column. */
interface Column {
  readonly name: string;
  /** In the header of the log. */
  readonly head: string;
  /** In a sentence. */
  readonly words: string;
  /** px, without the gap; null: the rest. */
  readonly width: number | null;
  /** Until the user chooses. */
  readonly isShown: boolean;
  readonly isNumber?: true;
  readonly isDim?: true;
  readonly cell: (row: LogRow, context: CellContext) => ReactNode;
  readonly title?: (row: LogRow, context: CellContext) => string;
  /** A class of the cell. */
  readonly look?: (row: LogRow) => string;
  /** CSS width of the placeholder for a row being fetched; omitted: no placeholder. */
  readonly bone?: (position: number) => string;
}

/** Every column, in the order of the log until the user moves them. */
const DEFINED = [
  {
    ...{ name: 'seq', head: '#', words: 'Number', width: 76, isShown: true, isNumber: true, isDim: true },
    cell: ({ seq }) => formatInteger(seq),
  },
  {
    ...{ name: 'time', head: 'time', words: 'Time', width: 124, isShown: true },
    cell: (row, { timeMode, from }) => formatTime(row, timeMode, from),
    title: ({ wall }, { timeMode }) => formatDateTime(wall, timeMode === 'utc' ? 'utc' : 'local'),
    bone: () => '100%',
  },
  {
    ...{ name: 'delta', head: 'Δ', words: 'Time since previous record', width: 76, isShown: true },
    ...{ isNumber: true, isDim: true },
    cell: ({ delta }) => (delta === null ? '' : formatDelta(delta)),
  },
  {
    ...{ name: 'direction', head: 'direction', words: 'Direction', width: 56, isShown: true },
    cell: ({ direction }) => (direction ? LANE_VIEW_WORDS[direction] : ''),
    look: ({ direction }) => direction ?? '',
  },
  {
    ...{ name: 'kind', head: 'kind', words: 'Kind', width: 120, isShown: true, isDim: true },
    cell: (row) => (
      <>
        <KindIcon kind={row.kind} />
        {row.kind}
        {row.count > 1 && <Times row={row} />}
      </>
    ),
  },
  {
    ...{ name: 'size', head: 'size', words: 'Size', width: 84, isShown: true, isNumber: true },
    cell: (row, { capacity }) =>
      (row.kind === 'message' || row.size > 0) && <Size size={row.size} capacity={capacity} />,
  },
  {
    ...{ name: 'reply', head: 'latency', words: 'Latency', width: 150, isShown: false },
    ...{ isNumber: true, isDim: true },
    cell: ({ reply }) => reply && `↩ #${formatInteger(reply.seq)} · ${formatLatency(reply.latency)}`,
  },
  {
    ...{ name: 'unread', head: 'unread', words: 'Time unread', width: 76, isShown: false },
    ...{ isNumber: true, isDim: true },
    cell: ({ unreadMicros }) => (unreadMicros === null ? '' : formatSpan(unreadMicros)),
  },
  {
    ...{ name: 'preview', head: 'preview', words: 'Preview', width: null, isShown: true },
    cell: (row, { encoding, needle }) => (
      <>
        <MarkFlag row={row} />
        {row.run && <FoldToggle row={row} run={row.run} />}
        {row.run?.until && row.kind === 'timeout' ? runWords(row) : <Preview {...{ row, encoding, needle }} />}
      </>
    ),
    look: () => 'foreign',
    bone: (position) => `${30 + ((position * 37) % 40)}%`,
  },
] as const satisfies readonly Column[];

type BaseName = (typeof DEFINED)[number]['name'];
/** The column of a field: its path, written without commas. */
export type FieldName = `field:${string}`;
export type ColumnName = BaseName | FieldName;
export const COLUMNS: readonly (Column & { readonly name: BaseName })[] = DEFINED;

const BY_NAME = new Map<ColumnName, Column & { readonly name: ColumnName }>(
  COLUMNS.map((column) => [column.name, column]),
);

/** Those of fields are created when they are first requested. */
export function columnOf(name: ColumnName): Column & { readonly name: ColumnName } {
  const known = BY_NAME.get(name);
  if (known) return known;
  const path = pathOfColumn(name) ?? name;
  const made = { ...fieldColumn(path), name };
  BY_NAME.set(name, made);
  return made;
}

export const fieldNameOf = (path: string): FieldName => `field:${encodeURIComponent(path)}`;
/** Undefined for a column that isn't a field's. */
export const pathOfColumn = (name: ColumnName): string | undefined =>
  name.startsWith('field:') ? decodeURIComponent(name.slice('field:'.length)) : undefined;

const fieldColumn = (path: string): Omit<Column, 'name'> => ({
  ...{ head: path, words: `Field ${path}`, width: 96, isShown: false },
  cell: (row, { fields }) => <FieldCell row={row} path={path} fields={fields} />,
  look: () => 'foreign',
  bone: () => '60%',
});

/** Classes of a column's header and cells. */
export const classOf = ({ name, isNumber, isDim }: Column): string =>
  `c-${name.startsWith('field:') ? 'field' : name}${isNumber ? ' number-cell' : ''}${isDim ? ' dim-cell' : ''}`;

function FieldCell({ row, path, fields }: { row: LogRow; path: string; fields: FieldCells | null }) {
  const field = fields?.field(row, path) ?? null;
  if (field === null) return null;
  if (field === 'pending') return <span className="bone" style={{ width: '60%' }} />;
  if (field === 'too-long')
    return <span title="This message is too long for a column: select it to see its fields.">…</span>;
  const { main, more } = fieldText(field, false);
  return (
    <span title={field.fault} className={field.fault === undefined ? undefined : 'bad'}>
      <Visible text={main || (more ?? '')} />
    </span>
  );
}

function Times({ row }: { row: LogRow }) {
  const what = row.kind === 'timeout' ? 'consecutive timeouts' : 'times in a row';
  return (
    <span className="times" title={`${formatInteger(row.count)} ${what}`}>
      {' '}
      {timesWords(row.count)}
    </span>
  );
}

/** Expands or folds with a click; by keyboard with the Right and Left arrows. */
function FoldToggle({ row, run }: { row: LogRow; run: Run }) {
  if (!run.until && row.seq !== run.first) return <span className="fold-line" />;
  return (
    <button
      type="button"
      className="fold-toggle"
      tabIndex={-1}
      aria-label={runAction(row, run)}
      title={`${runAction(row, run)} (${run.until ? '→' : '←'} or double-click)`}
    >
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        <path d={run.until ? 'M3.5 1.5 7 5 3.5 8.5' : 'M1.5 3.5 5 7 8.5 3.5'} />
      </svg>
    </button>
  );
}

function Size({ size, capacity }: { size: number; capacity: number }) {
  const fill = capacity > 0 ? Math.min(1, size / capacity) : 0;
  return (
    <>
      {formatInteger(size)}
      {fill > 0 && <span className="fill" style={{ transform: `scaleX(${fill})` }} />}
    </>
  );
}
